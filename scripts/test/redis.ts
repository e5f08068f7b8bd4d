import { startRedis } from '@/dev/redis/start';
import { runSteps, type Step } from '@/scripts/verify/steps';

/** The suites in which the queue has a part: the queue itself, what it keeps, dispatch, delivery, and workers that die. */
const SUITES = [
  'lib/platform/queues/',
  'scripts/test/secrets/planted.',
  'workers/delivery/crash-matrix.',
  'workers/delivery/delivery.',
  'workers/delivery/delivery-faults.',
  'workers/delivery/pause-resume.',
  'workers/delivery/walking-skeleton.',
  'workers/failures/queue-wiped.',
];

/** Runs those suites again with the queue on a Redis of their own. False, with a loud line, when there is none. */
export async function runOnRedis(vitest: Step): Promise<boolean> {
  let url: string;
  let close: () => Promise<void>;
  try {
    ({ url, close } = await startRedis());
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    console.error(`THE SECOND TIER DID NOT RUN ON REDIS, and counts as failed: ${why}`);
    return false;
  }
  try {
    return await runSteps([
      { ...vitest, args: [...vitest.args, ...SUITES], env: { ...vitest.env, TEST_REDIS_URL: url } },
    ]);
  } finally {
    await close();
  }
}
