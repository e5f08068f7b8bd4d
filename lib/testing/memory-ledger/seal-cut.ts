import { FIRST_GENERATION } from '@/lib/domain/delivery/sealed-file';
import type { NewFile, SealRequest } from '@/lib/services/delivery/delivery-ledger';
import { addAttempt } from './attempt-verbs';
import { assertNewFiles, insertFile } from './insert-file';
import type { CutRow, FileRow, LaneRow, MemoryState } from './memory-state';

/** As delivery.seal_cut: null, with nothing written, when the lane has moved on or must stand still. */
export function sealCut(
  state: MemoryState,
  request: SealRequest,
): { cutId: number; attemptId: number | null } | null {
  const lane = state.lanes.get(request.lane.laneId);
  if (lane === undefined || !maySeal(lane, request)) return null;
  const cut = cutOf(state, lane, request);
  const files = request.files.map((file, position) => fileOf(cut, request, { file, position }));
  assertNewFiles(state, files);
  lane.next = request.hi + 1;
  state.cuts.set(cut.id, cut);
  state.openCuts.set(lane.id, cut);
  for (const file of files) insertFile(state, file);
  for (const aside of request.setAside) state.setAside.push({ cutId: cut.id, ...aside });
  const [first] = files;
  return { cutId: cut.id, attemptId: first === undefined ? null : addAttempt(state, first, request).id };
}

function maySeal(row: LaneRow, { lane, lo, hi }: SealRequest): boolean {
  return (
    isBefore(hi, row.endOffset) &&
    row.epoch === lane.epoch &&
    row.running &&
    row.heldCause === null &&
    row.next === lo &&
    row.done === lo
  );
}

function isBefore(hi: number, endOffset: number | null): boolean {
  return endOffset === null || hi < endOffset;
}

function cutOf(state: MemoryState, { id, routingId }: LaneRow, request: SealRequest): CutRow {
  const { lane, lo, hi, reason, rows, rawBytes, bodyBytes, sealedAtMs } = request;
  return {
    id: state.cuts.size + 1,
    routingId,
    laneId: id,
    epoch: lane.epoch,
    generation: FIRST_GENERATION,
    destinationVersion: lane.destinationVersion,
    lo,
    hi,
    reason,
    rows,
    rawBytes,
    bodyBytes,
    eventNames: lane.eventNames,
    sealedAtMs,
    state: 'sealed',
    committedAtMs: null,
    doubtAcceptedAtMs: null,
    figures: null,
  };
}

function fileOf(
  cut: CutRow,
  { lane }: SealRequest,
  { file, position }: { file: NewFile; position: number },
): FileRow {
  const { fileId, bodyBytes, ...planned } = file;
  return {
    ...planned,
    id: fileId,
    routingId: cut.routingId,
    cutId: cut.id,
    position,
    endpoint: lane.endpoint,
    bucket: lane.bucket,
    type: lane.type,
    state: 'sealed',
    gzipBytes: null,
    etag: null,
    deliveredAtMs: null,
  };
}
