import type { AttemptDecision } from '@/lib/domain/delivery/decide-attempt';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { DeliveryDeps } from './delivery-deps';

/**
 * A decision that an object is our own earlier write, or a conflict: of a recompressed file the length must be one that
 * an attempt sent. Metadata alone can be copied onto another content.
 */
export async function confirmLength(
  { attemptLengths }: Pick<DeliveryDeps, 'attemptLengths'>,
  { fileId, kind }: Pick<SealedFile, 'fileId' | 'kind'>,
  decision: AttemptDecision,
): Promise<AttemptDecision> {
  if (kind !== 'recompressed' || decision.kind !== 'delivered' || decision.how === 'put') return decision;
  const isOurs = await attemptLengths.isOurs(fileId, decision.gzipBytes);
  return isOurs ? decision : { kind: 'conflict', outcome: decision.outcome };
}
