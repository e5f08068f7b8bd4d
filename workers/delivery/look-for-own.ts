import { decideAfterHead } from '@/lib/domain/delivery/decide-attempt';
import { HEAD_DEADLINE_MS } from '@/lib/domain/delivery/put-timing';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import { contextOf } from './attempt-context';
import { confirmLength } from './confirm-length';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';
import { markBeforePut } from './mark-before-put';
import { type PutResult, settleAttempt } from './settle-attempt';

/** `settled`: the ledger knows by now, and whether the file is in the bucket. `absent`: nothing lies under its key. */
export type Look = { readonly kind: 'settled'; readonly isDelivered: boolean } | { readonly kind: 'absent' };

const NOT_SENT = {
  kind: 'error' as const,
  httpStatus: null,
  code: 'NotSent',
  message: 'Looked under the key without sending: the file cannot be made any more',
  requestId: null,
};

/**
 * Looks, without sending anything, whether an earlier attempt of a file has written it. What is found is settled as
 * after a 412: ours is delivered, a stranger's is a conflict, and a look that fails is repeated.
 */
export async function lookForOwn(
  deps: DeliveryDeps,
  inHand: FileInHand,
  { access, gzipBytes }: { access: ObjectAccess; gzipBytes: number },
): Promise<Look> {
  const { file } = inHand;
  const attemptId = await markBeforePut(deps, { ...inHand, mark: null }, HEAD_DEADLINE_MS);
  if (attemptId === null) return { kind: 'settled', isDelivered: false };
  inHand.marks.add(attemptId);
  // It sends nothing: no object is of its length.
  await deps.attemptLengths.note(attemptId, 0);
  const place = { endpoint: file.endpoint, bucket: file.bucket, key: file.key };
  const head = await deps.store.head(place, access, HEAD_DEADLINE_MS);
  if (head.kind === 'error' && head.httpStatus === 404) {
    const { code, message } = NOT_SENT;
    await deps.ledger.endAttempt({ ...NOT_SENT, attemptId, outcome: 'refused', code, message });
    return { kind: 'absent' };
  }
  const found = decideAfterHead(head, { ...file, gzipBytes }, contextOf(deps, inHand));
  const decision = await confirmLength(deps, file, found);
  const result: PutResult = { answer: NOT_SENT, decision };
  return { kind: 'settled', isDelivered: await settleAttempt(deps, inHand, { attemptId, result }) };
}
