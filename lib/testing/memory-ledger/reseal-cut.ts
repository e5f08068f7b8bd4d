import { invariant } from '@/lib/domain/errors';
import type { ResealRequest } from '@/lib/services/delivery/delivery-ledger';
import { isUndelivered, mayBeWritten } from './attempt-verbs';
import { assertNewFiles, filesOf, insertFile } from './insert-file';
import type { CutRow, FileRow, MemoryState } from './memory-state';

/** As delivery.reseal_cut: false, with nothing written, when the cut or its lane has moved or the file may be written. */
export function resealCut(state: MemoryState, request: ResealRequest): boolean {
  const cut = state.cuts.get(request.cut.cutId);
  if (cut === undefined || cut.laneId !== request.lane.laneId) return false;
  if (cut.generation !== request.cut.generation || cut.state !== 'sealed') return false;
  const lane = state.lanes.get(cut.laneId);
  const isOurs = lane !== undefined && lane.epoch === request.lane.epoch;
  if (!isOurs || !lane.running || lane.heldCause !== null) return false;
  const open = filesOf(state, cut.id).filter(
    (file) => file.generation === cut.generation && isUndelivered(file),
  );
  const given = open.find(({ id }) => id === request.fromId);
  if (given === undefined) return false;
  if (cut.doubtAcceptedAtMs === null && mayBeWritten(state, given)) return false;
  const filteredRows = filteredTwice(cut, given, request);
  const left = request.file === null ? [] : [fileOf(given, request.file, cut.generation + 1)];
  assertNewFiles(state, left);
  given.state = 'released';
  for (const file of open) if (file !== given) file.generation += 1;
  for (const file of left) insertFile(state, file);
  setAside(state, cut, { request, hourMs: given.hourMs, filteredRows });
  cut.generation += 1;
  return true;
}

/** Rows of corrupt chunks that SEAL counted as filtered. */
function filteredTwice(cut: CutRow, given: FileRow, { file, setAside }: ResealRequest): number {
  const corrupt = setAside.reduce((sum, { rows }) => sum + rows, 0);
  const filtered = corrupt - (given.rows - (file?.rows ?? 0));
  const addsUp = filtered === 0 || (filtered > 0 && cut.eventNames.length > 0);
  invariant(addsUp, `rows of file ${given.id} add up`);
  return filtered;
}

function fileOf(given: FileRow, next: NonNullable<ResealRequest['file']>, generation: number): FileRow {
  const { fileId: id, key, lo, hi, kind, rows, rawBytes, crcRaw } = next;
  const { receivedMinMs, receivedMaxMs, receivedSumMs } = next;
  const content = { id, key, lo, hi, kind, rows, rawBytes, crcRaw };
  const received = { receivedMinMs, receivedMaxMs, receivedSumMs };
  return { ...given, ...content, ...received, generation, state: 'sealed' };
}

function setAside(
  state: MemoryState,
  { id: cutId }: CutRow,
  { request, hourMs, filteredRows }: { request: ResealRequest; hourMs: number | null; filteredRows: number },
): void {
  for (const { hourMs, rows, offsets } of request.setAside) {
    const known = state.setAside.find(
      (row) => row.cutId === cutId && row.hourMs === hourMs && row.reason === 'corrupt',
    );
    if (known === undefined) state.setAside.push({ cutId, hourMs, reason: 'corrupt', rows, offsets });
    else Object.assign(known, { rows: known.rows + rows, offsets: [...known.offsets, ...offsets] });
  }
  state.setAside = state.setAside.flatMap((row) => {
    const isMeant = row.cutId === cutId && row.hourMs === hourMs && row.reason === 'filtered';
    if (!isMeant || row.rows < filteredRows) return [row];
    return row.rows === filteredRows ? [] : [{ ...row, rows: row.rows - filteredRows }];
  });
}
