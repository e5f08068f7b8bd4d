import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

interface MarkDeps extends Pick<DeliveryDeps, 'clock' | 'crashPoints' | 'workerId'> {
  readonly ledger: Pick<DeliveryLedger, 'markAttempt' | 'endAttempt' | 'releaseLane'>;
}

/** A ledger that takes longer than a mark stays fresh, again and again, is as good as away. */
const MARKS_MAX = 5;

/**
 * Makes sure that a fresh mark stands before the PUT: the seal's own when it is young enough, else a new one, and yet
 * another when its own reply took so long that it has grown old. Null, with the lane given back, when the PUT must not
 * start: paused, delivered by another worker meanwhile, or no mark is had in time.
 */
export async function markBeforePut(
  deps: MarkDeps,
  { laneId, file, mark }: Pick<FileInHand, 'laneId' | 'file' | 'mark'>,
  deadlineMs: number,
): Promise<number | null> {
  let newest = mark;
  for (let marks = 0; ; marks += 1) {
    if (newest !== null && deps.clock.monotonicMs() - newest.atMs < MARK_FRESH_MS) return newest.attemptId;
    if (marks === MARKS_MAX) return giveBack(deps, { laneId, mark: newest }, 'The ledger is too slow');
    deps.crashPoints.reach('before_mark');
    const atMs = deps.clock.monotonicMs();
    const { workerId } = deps;
    const attemptId = await deps.ledger.markAttempt({
      file,
      workerId,
      deadlineMs,
      attemptId: newest?.attemptId ?? null,
    });
    if (attemptId === null) return giveBack(deps, { laneId, mark: newest }, 'The routing stopped');
    deps.crashPoints.reach('after_mark');
    newest = { attemptId, atMs };
  }
}

async function giveBack(
  { ledger }: MarkDeps,
  { laneId, mark }: Pick<FileInHand, 'laneId' | 'mark'>,
  message: string,
): Promise<null> {
  if (mark !== null) {
    const notSent = { outcome: 'refused' as const, httpStatus: null, code: 'NotSent', requestId: null };
    await ledger.endAttempt({ attemptId: mark.attemptId, ...notSent, message });
  }
  await ledger.releaseLane(laneId, 0);
  return null;
}
