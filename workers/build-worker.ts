import { randomBytes } from 'node:crypto';
import { WORKER_CONSUMERS } from '@/lib/platform/connection-budget';
import type { Env } from '@/lib/platform/env';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createQueues } from '@/lib/platform/queues/create-queues';
import { createOpener } from '@/lib/platform/secret-box/opener';
import { armCrashPoint, type CrashPoints, NO_CRASH_POINTS } from './delivery/crash-points';
import { DELIVERY_SLOTS } from './delivery/create-delivery-service';
import { createWorkerServices } from './delivery/create-worker-services';
import { readQueue } from './delivery/read-queue';
import { sendInHalves } from './delivery/send-in-halves';
import type { ProcessParts } from './process-parts';
import { createProcessRow } from './runtime/process-row';
import type { Service } from './runtime/service';

/** The services of a worker process. Rejects with one sentence when the queue's server cannot be reached. */
export async function buildWorker(parts: ProcessParts): Promise<Service[]> {
  const { env, sql, clock, logger, notReady } = parts;
  if (env.SLUICE_SEAL_PRIVATE_KEYS === undefined) {
    throw new Error('SLUICE_SEAL_PRIVATE_KEYS is not set: a worker without it cannot open any credential.');
  }
  const opener = createOpener(env.SLUICE_SEAL_PRIVATE_KEYS);
  const crashPoints = crashPointsOf(env);
  const isArmed = env.SLUICE_CRASH_AT !== undefined;
  const store = createS3ObjectStore(isArmed ? { sendBody: (body) => sendInHalves(body, crashPoints) } : {});
  const queues = await createQueues({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    redisPrefix: env.SLUICE_REDIS_PREFIX,
    consumersMax: WORKER_CONSUMERS,
    logger,
  });
  const workerId = env.SLUICE_WORKER_ID ?? randomBytes(5).toString('hex');
  return [
    closingService('object-store', async () => store.close()),
    closingService('queues', () => queues.close()),
    ...createWorkerServices({ sql, queues, store, opener, clock, logger, crashPoints, workerId }),
    createProcessRow({
      sql,
      logger,
      kind: 'worker',
      name: workerId,
      notReady,
      readMore: async () => ({
        slots: DELIVERY_SLOTS.whole + DELIVERY_SLOTS.behind,
        queue: await readQueue({ queues, clock, logger }),
      }),
    }),
  ];
}

/** Something that is open already and is let go of after the services behind it. */
function closingService(name: string, close: () => Promise<void>): Service {
  return { name, start: async () => undefined, isReady: () => true, stop: close };
}

function crashPointsOf(env: Env): CrashPoints {
  if (env.SLUICE_CRASH_AT === undefined) return NO_CRASH_POINTS;
  if (env.SLUICE_MODE !== 'demo') throw new Error('SLUICE_CRASH_AT is for tests; unset it.');
  return armCrashPoint(env.SLUICE_CRASH_AT, () => process.kill(process.pid, 'SIGKILL'));
}
