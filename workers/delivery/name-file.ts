import { keyHashInput, objectKey, partitionPath } from '@/lib/domain/delivery/object-key';
import type { PlannedFile } from '@/lib/domain/delivery/plan-cut';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';

type NamingLane = Pick<ClaimedLane, 'type' | 'routingId' | 'streamId' | 'prefix'>;

/** Gives a file its id and its key at the lane's present destination. */
export function nameFile(
  deps: DeliveryDeps,
  { lane, generation, sealedAtMs }: { lane: NamingLane; generation: number; sealedAtMs: number },
  { hourMs, lo, hi }: Pick<PlannedFile, 'hourMs' | 'lo' | 'hi'>,
): { fileId: string; generation: number; key: string } {
  const partition = partitionPath(lane.type, hourMs);
  const { routingId, streamId, prefix } = lane;
  const sha256Hex = deps.sha256Hex(keyHashInput({ routingId, streamId, generation, lo, hi, partition }));
  const key = objectKey({ prefix, partition, sealedAtMs, sha256Hex, workerId: deps.workerId });
  return { fileId: deps.newFileId(), generation, key };
}
