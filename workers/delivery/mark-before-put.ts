import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

interface MarkDeps extends Pick<DeliveryDeps, 'clock' | 'crashPoints' | 'workerId'> {
  readonly ledger: Pick<DeliveryLedger, 'markAttempt' | 'endAttempt' | 'releaseLane'>;
}

/**
 * Makes sure that a fresh mark stands before the PUT: the seal's own when it is young enough, else a new one. Null,
 * with the lane given back, when the PUT must not start: paused, or delivered by another worker meanwhile.
 */
export async function markBeforePut(
  deps: MarkDeps,
  { laneId, file, mark }: Pick<FileInHand, 'laneId' | 'file' | 'mark'>,
  deadlineMs: number,
): Promise<number | null> {
  if (mark !== null && deps.clock.monotonicMs() - mark.atMs < MARK_FRESH_MS) return mark.attemptId;
  const { workerId } = deps;
  deps.crashPoints.reach('before_mark');
  const attemptId = await deps.ledger.markAttempt({
    file,
    workerId,
    deadlineMs,
    attemptId: mark?.attemptId ?? null,
  });
  if (attemptId !== null) {
    deps.crashPoints.reach('after_mark');
    return attemptId;
  }
  if (mark !== null) {
    const notSent = { outcome: 'refused' as const, httpStatus: null, code: 'NotSent', requestId: null };
    await deps.ledger.endAttempt({ attemptId: mark.attemptId, ...notSent, message: 'The routing stopped' });
  }
  await deps.ledger.releaseLane(laneId, 0);
  return null;
}
