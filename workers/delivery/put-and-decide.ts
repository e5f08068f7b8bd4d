import { decideAfterHead, decideAfterPut } from '@/lib/domain/delivery/decide-attempt';
import type { FileIdentity } from '@/lib/domain/delivery/object-metadata';
import { HEAD_DEADLINE_MS } from '@/lib/domain/delivery/put-timing';
import type { PutRequest } from '@/lib/platform/object-store/object-store';
import { contextOf, type Tried } from './attempt-context';
import type { DeliveryDeps } from './delivery-deps';
import type { PutResult } from './settle-attempt';

/** One PUT and, where the key is taken, the HEAD that says by whom; never overwrites. */
export async function putAndDecide(
  deps: Pick<DeliveryDeps, 'store' | 'crashPoints' | 'random'>,
  tried: Tried & { readonly file: Omit<FileIdentity, 'gzipBytes'> },
  request: PutRequest,
): Promise<PutResult> {
  deps.crashPoints.reach('before_put');
  const answer = await deps.store.putIfAbsent(request);
  deps.crashPoints.reach('after_put_before_finish');
  const context = contextOf(deps, tried);
  const gzipBytes = request.body.length;
  const decision = decideAfterPut(answer, gzipBytes, context);
  if (decision.kind !== 'look') return { answer, decision };
  const head = await deps.store.head(request.place, request.access, HEAD_DEADLINE_MS);
  deps.crashPoints.reach('after_head');
  return { answer, decision: decideAfterHead(head, { ...tried.file, gzipBytes }, context) };
}
