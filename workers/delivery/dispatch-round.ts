import type { JobDefinition } from '@/lib/domain/jobs/job-definition';
import { type LookAtLane, lookAtBehindLane, lookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Queues } from '@/lib/platform/queues/queues';
import type { Sql } from '@/lib/platform/sql';
import { type DueLane, dispatchDueLanes } from '@/lib/services/delivery/dispatch-due-lanes';

export const DISPATCH_PERIOD_MS = 500;
/** A round over a server that answers takes milliseconds; another one begins when this one hangs. */
export const DISPATCH_DEADLINE_MS = 15_000;
/** Shorter than the period, so that a process that is alone gets every turn in spite of its timer's jitter. */
const TURN_MS = 400;
/** With so many jobs waiting, more wake-ups would only say the same again. */
const WAITING_MAX = 1_000;

/** One round of dispatch, when it is this process's turn: a wake-up for every lane that is due. Ends early once aborted. */
export async function dispatchRound(sql: Sql, queues: Queues, signal: AbortSignal): Promise<void> {
  const due = await dispatchDueLanes(sql, TURN_MS);
  if (signal.aborted) return;
  await wake(
    queues,
    lookAtLane,
    due.filter((lane) => !lane.isBehind),
  );
  if (signal.aborted) return;
  await wake(
    queues,
    lookAtBehindLane,
    due.filter((lane) => lane.isBehind),
  );
}

async function wake(
  queues: Queues,
  definition: JobDefinition<LookAtLane>,
  lanes: readonly DueLane[],
): Promise<void> {
  if (lanes.length === 0 || (await queues.countWaiting(definition)) > WAITING_MAX) return;
  const jobs = lanes.map(({ laneId, epoch }) => ({ laneId, epoch }));
  await queues.publish(definition, jobs, 'fold');
}
