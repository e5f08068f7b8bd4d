import { runReplay as runReplayJob } from '@/lib/domain/jobs/run-replay';
import type { Consumer, Queues } from '@/lib/platform/queues/queues';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { ReplayDeps } from './replay-deps';
import { runReplay } from './run-replay';

/** How many replays a worker carries out at once, whatever else it delivers. */
const SLOTS = 2;
const DISPATCH_PERIOD_MS = 1_000;
const REPLAYS_AT_ONCE = 200;
/** With so many jobs waiting, more wake-ups would only say the same again. */
const WAITING_MAX = 200;

/** Carries out replays, and makes their wake-ups anew from the database: a lost queue delays them and loses nothing. */
export function createReplayServices(deps: ReplayDeps, queues: Queues): Service[] {
  const stopping = new AbortController();
  let consumer: Consumer | undefined;
  const consume: Service = {
    name: 'replay',
    start: async () => {
      consumer = queues.consume(runReplayJob, {
        concurrency: SLOTS,
        handle: async (job) => {
          // Behind the others: one long replay does not keep the rest waiting.
          if (await runReplay(deps, job, stopping.signal))
            await queues.publish(runReplayJob, [job], 'always');
        },
      });
    },
    isReady: () => true,
    stop: async (deadlineMs) => {
      stopping.abort();
      await consumer?.stop(deadlineMs);
    },
  };
  const dispatch = createPeriodic({
    name: 'dispatch-replays',
    periodMs: DISPATCH_PERIOD_MS,
    logger: deps.logger,
    run: async (signal) => {
      const due = await deps.replays.listDue(REPLAYS_AT_ONCE);
      if (due.length === 0 || signal.aborted || (await queues.countWaiting(runReplayJob)) > WAITING_MAX)
        return;
      await queues.publish(
        runReplayJob,
        due.map((replayId) => ({ replayId })),
        'fold',
      );
    },
  });
  return [consume, dispatch];
}
