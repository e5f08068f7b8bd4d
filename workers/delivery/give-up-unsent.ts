import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

/** What keeps a file from being sent at all. A credential may come back by itself; a chunk does not. */
export type UnsentCause = 'credential_unreadable' | 'chunk_corrupt' | 'chunk_missing';

/** Records that a file could not even be sent, and gives the lane back or holds it. Always false: the job is over. */
export async function giveUpUnsent(
  deps: DeliveryDeps,
  { file, mark, failuresBefore }: FileInHand,
  cause: UnsentCause,
): Promise<false> {
  const outcome = 'refused' as const;
  const notSent = { outcome, httpStatus: null, code: 'NotSent', requestId: null, message: cause };
  await deps.ledger.failFile({
    file,
    isConflict: false,
    backOffMs: backOffMs('probe', failuresBefore, deps.random()),
    heldCause: cause === 'credential_unreadable' ? null : cause,
    end: mark === null ? null : { attemptId: mark.attemptId, ...notSent },
  });
  await deps.ledger.recordHealth(file.routingId, { kind: 'blocked', cause }, deps.workerId);
  return false;
}
