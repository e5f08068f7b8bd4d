import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

/** What is wrong with the file itself, so that it cannot be sent at all; it does not come back by itself. */
export type UnsentCause = 'chunk_corrupt' | 'chunk_missing';

/** After so many failures in a row, bytes that cannot be read although each chunk can are no accident. */
const UNREADABLE_TO_HOLD = 5;

/** Records that a file could not even be made, and holds its lane. Always false: the job is over. */
export async function giveUpUnsent(
  deps: DeliveryDeps,
  inHand: FileInHand,
  cause: UnsentCause,
): Promise<false> {
  const { file, mark, failuresBefore } = inHand;
  await deps.ledger.failFile({
    file,
    isConflict: false,
    backOffMs: backOffMs('probe', failuresBefore, deps.random()),
    heldCause: cause,
    end: mark === null ? null : notSent(mark.attemptId, cause),
  });
  await deps.ledger.recordHealth(file.routingId, { kind: 'blocked', cause }, deps.workerId);
  return false;
}

/** Ends the mark that was made for a file of which nothing was sent. */
export async function endUnsent(deps: DeliveryDeps, { mark }: FileInHand, cause: UnsentCause): Promise<void> {
  if (mark !== null) await deps.ledger.endAttempt(notSent(mark.attemptId, cause));
}

/**
 * Every chunk is what it should be and the file is not: what was read was wrong, not what is stored. Tried again, and
 * held when it happens over and over. Always false: the job is over.
 */
export async function tryUnreadableAgain(deps: DeliveryDeps, inHand: FileInHand): Promise<false> {
  const { file, failuresBefore } = inHand;
  if (failuresBefore + 1 >= UNREADABLE_TO_HOLD) return giveUpUnsent(deps, inHand, 'chunk_corrupt');
  await deps.ledger.failFile({
    file,
    isConflict: false,
    backOffMs: backOffMs('quick', failuresBefore, deps.random()),
    heldCause: null,
    end: null,
  });
  await deps.ledger.recordHealth(file.routingId, { kind: 'failed', cause: 'chunk_corrupt' }, deps.workerId);
  return false;
}

function notSent(attemptId: number, message: UnsentCause) {
  const outcome = 'refused' as const;
  return { attemptId, outcome, httpStatus: null, code: 'NotSent', requestId: null, message };
}
