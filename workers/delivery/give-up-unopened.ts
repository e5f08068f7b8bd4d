import { decideFault } from '@/lib/domain/delivery/decide-attempt';
import type { StoreAnswer } from '@/lib/platform/object-store/object-store';
import { contextOf } from './attempt-context';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';
import { heldCauseOf, newsOf } from './settle-attempt';

/**
 * Records that the access to a file's place could not be opened: keys that cannot be read, a role that refuses us, an
 * STS that does not answer. Judged as if the store had said so; surely nothing was sent. Always false: the job is over.
 */
export async function giveUpUnopened(
  deps: DeliveryDeps,
  inHand: FileInHand,
  answer: Extract<StoreAnswer<never>, { kind: 'error' }>,
): Promise<false> {
  const { file, mark, laneId } = inHand;
  const decision = decideFault(answer, 'refused', contextOf(deps, inHand));
  const { httpStatus, code, message, requestId } = answer;
  const said = { outcome: 'refused' as const, httpStatus, code, requestId, message: message || null };
  await deps.ledger.failFile({
    file,
    isConflict: false,
    backOffMs: decision.kind === 'again' ? decision.backOffMs : 0,
    heldCause: heldCauseOf(decision),
    end: mark === null ? null : { attemptId: mark.attemptId, ...said },
  });
  await deps.ledger.recordHealth(file.routingId, newsOf(decision, laneId), deps.workerId);
  return false;
}
