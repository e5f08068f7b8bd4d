import type { ReleaseRequest } from '@/lib/services/delivery/delivery-ledger';
import { isUndelivered, mayBeWritten } from './attempt-verbs';
import { assertNewFiles, filesOf, insertFile } from './insert-file';
import type { FileRow, MemoryState } from './memory-state';

/** As delivery.release_cut: false, with nothing written, when the cut has moved or some attempt may have written. */
export function releaseCut(state: MemoryState, { lane, cut: seen, files }: ReleaseRequest): boolean {
  const cut = state.cuts.get(seen.cutId);
  if (cut === undefined || cut.laneId !== lane.laneId) return false;
  if (cut.generation !== seen.generation || cut.state !== 'sealed') return false;
  const row = state.lanes.get(lane.laneId);
  if (row === undefined || row.epoch !== lane.epoch || !row.running || row.heldCause !== null) return false;
  const open = filesOf(state, cut.id).filter(
    (file) => file.generation === cut.generation && isUndelivered(file),
  );
  const names = new Map(files.map((file) => [file.fromId, file]));
  const isEachNamed = open.every(({ id }) => names.has(id)) && files.length === open.length;
  if (open.length === 0 || !isEachNamed || open.some((file) => mayBeWritten(state, file))) return false;
  const moved = open.flatMap((file): FileRow[] => {
    const name = names.get(file.id);
    if (name === undefined) return [];
    const { endpoint, bucket } = lane;
    const place = { id: name.fileId, key: name.key, endpoint, bucket };
    return [{ ...file, ...place, generation: cut.generation + 1, state: 'sealed' }];
  });
  assertNewFiles(state, moved);
  for (const file of moved) insertFile(state, file);
  for (const file of open) file.state = 'released';
  cut.generation += 1;
  cut.destinationVersion = lane.destinationVersion;
  return true;
}
