import { attemptsOf, isUndelivered } from './attempt-verbs';
import { commitCut } from './cut-verbs';
import { filesOf } from './insert-file';
import { type CutRow, type FileRow, type GapRow, type MemoryState, rowOf } from './memory-state';

const HOUR_MS = 3_600_000;
const IN_FLIGHT_GRACE_MS = 5_000;

/** As delivery.in_flight_until: until when a PUT of an undelivered file may be under way; null when none may. */
export function inFlightUntilMs(state: MemoryState, cut: CutRow): number | null {
  const ends = filesOf(state, cut.id)
    .filter(isUndelivered)
    .flatMap(({ id }) => attemptsOf(state, id))
    .filter(({ outcome }) => outcome === null)
    .map(({ deadlineAtMs }) => deadlineAtMs + IN_FLIGHT_GRACE_MS)
    .filter((ms) => ms > state.nowMs());
  return ends.length === 0 ? null : Math.max(...ends);
}

/** Undelivered files of the cut's present generation, in their order. */
export function openFilesOf(state: MemoryState, cut: CutRow): FileRow[] {
  return filesOf(state, cut.id)
    .filter((file) => file.generation === cut.generation && isUndelivered(file))
    .sort((a, b) => a.position - b.position);
}

/** As delivery.give_up_files: their rows become gaps, or are superseded; true when nothing of the cut is left to do. */
export function giveUpFiles(
  state: MemoryState,
  cut: CutRow,
  given: { files: readonly FileRow[]; cause: GapRow['cause']; reason: string | null },
): boolean {
  const lane = rowOf(state.lanes, cut.laneId);
  const endOffset = lane.endOffset ?? Number.POSITIVE_INFINITY;
  const newest = state.log
    .keptChunks(lane.streamId)
    .findLast(({ snapshotEnd, offset }) => snapshotEnd && offset < endOffset);
  for (const file of [...given.files].sort((a, b) => a.lo - b.lo)) {
    if (file.type === 'segment' && newest !== undefined && newest.offset > file.hi) supersede(state, file);
    else
      state.gaps.push({
        laneId: lane.id,
        ...gapOf(state, cut, file),
        cause: given.cause,
        reason: given.reason,
      });
  }
  for (const file of openFilesOf(state, cut)) {
    if (given.files.includes(file)) file.state = 'released';
    else file.generation += 1;
  }
  cut.generation += 1;
  const { failures, notBeforeMs } = lane;
  if (!commitCut(state, cut.id, null)) return false;
  // Nothing was confirmed: whatever kept the lane from delivering has not ended.
  Object.assign(lane, { failures, notBeforeMs });
  return true;
}

function gapOf(state: MemoryState, cut: CutRow, file: FileRow) {
  const { lo, hi, rows, id: fileId } = file;
  const mayExist = filesOf(state, cut.id).some(
    (other) =>
      other.lo <= hi &&
      other.hi >= lo &&
      other.hourMs === file.hourMs &&
      attemptsOf(state, other.id).some(
        ({ outcome, httpStatus }) =>
          outcome !== 'refused' || (httpStatus === 412 && other.state === 'sealed'),
      ),
  );
  return { lo, hi, rows, fileId, mayExist };
}

function supersede(state: MemoryState, { cutId, receivedMinMs, rows }: FileRow): void {
  const hourMs = Math.floor(receivedMinMs / HOUR_MS) * HOUR_MS;
  const known = state.setAside.find(
    (row) => row.cutId === cutId && row.hourMs === hourMs && row.reason === 'superseded',
  );
  if (known === undefined) state.setAside.push({ cutId, hourMs, reason: 'superseded', rows, offsets: [] });
  else known.rows += rows;
}
