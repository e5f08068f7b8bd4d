import { lookAtBehindLane, lookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { QueueReport } from '@/lib/domain/system/process';
import type { Clock } from '@/lib/platform/clock';
import type { Logger } from '@/lib/platform/logger';
import type { Queues } from '@/lib/platform/queues/queues';

interface ReadQueueDeps {
  readonly queues: Pick<Queues, 'backend' | 'countWaiting' | 'oldestWaitingAtMs'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
}

const JOBS = [lookAtLane, lookAtBehindLane];

/** What waits in the queue; null when it does not answer: a mute queue must not hide that the worker lives. */
export async function readQueue({ queues, clock, logger }: ReadQueueDeps): Promise<QueueReport | null> {
  try {
    const counts = await Promise.all(JOBS.map((job) => queues.countWaiting(job)));
    const since = await Promise.all(JOBS.map((job) => queues.oldestWaitingAtMs(job)));
    const oldestAtMs = Math.min(...since.map((atMs) => atMs ?? Number.POSITIVE_INFINITY));
    return {
      backend: queues.backend,
      waiting: counts.reduce((sum, count) => sum + count, 0),
      oldestAgeMs: Number.isFinite(oldestAtMs) ? Math.max(0, Math.round(clock.nowMs() - oldestAtMs)) : null,
    };
  } catch (err) {
    logger.warn({ err }, 'The queue could not be asked what waits in it');
    return null;
  }
}
