import { crc32, gzipSync } from 'node:zlib';
import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { decideAfterPut } from '@/lib/domain/delivery/decide-attempt';
import { prefixOfKey } from '@/lib/domain/delivery/object-key';
import type { ObjectAccess, PutRequest, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { contextOf } from './attempt-context';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand, Mark } from './in-hand';
import { markBeforePut } from './mark-before-put';
import { settleAttempt } from './settle-attempt';

const PUT_DEADLINE_MS = 10_000;
const REMOVE_DEADLINE_MS = 5_000;
/** No event is ever in it. */
const BODY = gzipSync(
  'Sluice looks whether this store keeps a file from being replaced. You may delete this.\n',
);

/** What the file is sent on: its mark, when one was made here; null when the job is over. */
export type Proof = { readonly mark: Mark | null } | null;

/**
 * Before the first file goes to a store that is not AWS: of two conditional PUTs of one key the second must be refused.
 * A store that takes both holds the lane as `condition_ignored`; any other answer counts as the file's own would. It
 * costs two tiny PUTs and a DELETE once per bucket; where we may not delete, one object stays under `_sluice/`.
 */
export async function proveCondition(
  deps: DeliveryDeps,
  inHand: FileInHand,
  access: ObjectAccess,
): Promise<Proof> {
  const { endpoint, bucket, key, type, hourMs } = inHand.file;
  if (await deps.provenStores.isProven({ endpoint, bucket })) return { mark: inHand.mark };
  const attemptId = await markBeforePut(deps, inHand, 2 * PUT_DEADLINE_MS);
  if (attemptId === null) return null;
  inHand.marks.add(attemptId);
  const name = `${prefixOfKey(key, { type, hourMs })}_sluice/condition/${deps.newFileId()}.txt.gz`;
  const place = { endpoint, bucket, key: name };
  const answer = await putTwice(deps, {
    place,
    access,
    body: BODY,
    crc32: crc32(BODY),
    metadata: { 'sluice-probe': inHand.file.routingId },
    deadlineMs: PUT_DEADLINE_MS,
  });
  if (answer.kind === 'ok' || isTaken(answer)) await deps.store.remove(place, access, REMOVE_DEADLINE_MS);
  if (isTaken(answer)) {
    await deps.provenStores.record({ endpoint, bucket });
    // Marked again before the file's own PUT, which has another deadline.
    return { mark: { attemptId, atMs: Number.NEGATIVE_INFINITY } };
  }
  await settleAttempt(deps, inHand, {
    attemptId,
    result: { answer, decision: decide(deps, inHand, answer) },
  });
  return null;
}

/** The answer to the second PUT, or to the first when that did not go well. */
async function putTwice(
  { store }: Pick<DeliveryDeps, 'store'>,
  request: PutRequest,
): Promise<StoreAnswer<{ etag: string }>> {
  const first = await store.putIfAbsent(request);
  return first.kind === 'ok' ? store.putIfAbsent(request) : first;
}

function isTaken(answer: StoreAnswer<unknown>): boolean {
  return answer.kind === 'error' && classifyFault(answer).kind === 'exists';
}

/** Nothing of the file itself was sent. */
function decide(
  deps: DeliveryDeps,
  inHand: FileInHand,
  answer: StoreAnswer<{ etag: string }>,
): Parameters<typeof settleAttempt>[2]['result']['decision'] {
  const decision = decideAfterPut(answer, 0, contextOf(deps, inHand));
  return decision.kind === 'delivered' || decision.kind === 'look'
    ? { kind: 'hold', outcome: 'refused', cause: 'condition_ignored' }
    : { ...decision, outcome: 'refused' };
}
