import type { SealedCut, SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import { nameFile } from './name-file';

/** Moves an open cut to the lane's present destination; its files there, or null when it may not move any more. */
export async function releaseCut(
  deps: DeliveryDeps,
  lane: ClaimedLane,
  cut: SealedCut,
): Promise<readonly SealedFile[] | null> {
  const { endpoint, bucket } = lane;
  const named = { lane, generation: cut.generation + 1, sealedAtMs: deps.clock.nowMs() };
  const moves = cut.openFiles.map((file) => ({ file, name: nameFile(deps, named, file) }));
  deps.crashPoints.reach('before_release');
  const isMoved = await deps.ledger.releaseCut({
    lane,
    cut,
    files: moves.map(({ file, name }) => ({ fromId: file.fileId, fileId: name.fileId, key: name.key })),
    workerId: deps.workerId,
  });
  deps.crashPoints.reach('after_release');
  if (!isMoved) return null;
  deps.logger.warn(
    { laneId: lane.laneId, cutId: cut.cutId, generation: named.generation, bucket, files: moves.length },
    'Released an open cut to the new destination; nothing of it had been written',
  );
  const noDenials = { denials: 0, firstDenialAgoMs: 0 };
  return moves.map(({ file, name }) => ({ ...file, ...name, endpoint, bucket, ...noDenials }));
}
