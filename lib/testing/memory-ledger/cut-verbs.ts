import type { OpenFile, SealedCut } from '@/lib/domain/delivery/sealed-file';
import { invariant } from '@/lib/domain/errors';
import type { CutFigures, CutTimes } from '@/lib/domain/latency/cut-figures';
import { attemptsOf, isUndelivered } from './attempt-verbs';
import { filesOf } from './insert-file';
import { type AttemptRow, type CutRow, type FileRow, type MemoryState, rowOf } from './memory-state';
import { pendingSinceMs } from './open-lanes';

export function readOpenCut(state: MemoryState, laneId: number): SealedCut | null {
  const cut = state.openCuts.get(laneId);
  if (cut === undefined) return null;
  const { streamId } = rowOf(state.lanes, laneId);
  const leftOut = state.setAside
    .filter(({ cutId, reason }) => cutId === cut.id && reason === 'corrupt')
    .flatMap(({ offsets }) => offsets)
    .sort((a, b) => a - b);
  const openFiles = filesOf(state, cut.id)
    .filter((file) => file.generation === cut.generation && isUndelivered(file))
    .sort((a, b) => a.position - b.position)
    .map((file) => openFileOf(state, file, { cut, streamId, leftOut }));
  return { cutId: cut.id, generation: cut.generation, lo: cut.lo, hi: cut.hi, openFiles };
}

function openFileOf(
  state: MemoryState,
  file: FileRow,
  { cut, streamId, leftOut }: { cut: CutRow; streamId: number; leftOut: readonly number[] },
): OpenFile {
  const attempts = attemptsOf(state, file.id);
  const denials = latestDenials(attempts);
  const firstEndMs = Math.min(...denials.map(({ endedAtMs }) => endedAtMs ?? Infinity));
  return {
    fileId: file.id,
    routingId: cut.routingId,
    streamId,
    generation: file.generation,
    endpoint: file.endpoint,
    bucket: file.bucket,
    key: file.key,
    type: file.type,
    hourMs: file.hourMs,
    lo: file.lo,
    hi: file.hi,
    leftOut,
    eventNames: cut.eventNames,
    kind: file.kind,
    rows: file.rows,
    rawBytes: file.rawBytes,
    crcRaw: file.crcRaw,
    denials: denials.length,
    firstDenialAgoMs: denials.length === 0 ? 0 : state.nowMs() - firstEndMs,
    isConflict: file.state === 'conflict',
    attempts: tracesOf(attempts),
  };
}

/** Bare refusals behind the last attempt that ended in another way. */
function latestDenials(attempts: readonly AttemptRow[]): readonly AttemptRow[] {
  const lastOther = attempts.findLastIndex(
    ({ outcome, httpStatus }) => outcome !== null && httpStatus !== 403,
  );
  return attempts
    .slice(lastOther + 1)
    .filter(({ outcome, httpStatus }) => outcome === 'refused' && httpStatus === 403);
}

function tracesOf(attempts: readonly AttemptRow[]): OpenFile['attempts'] {
  const traces = attempts.map(({ outcome, httpStatus }) => ({ outcome, httpStatus }));
  return [...new Map(traces.map((trace) => [JSON.stringify(trace), trace])).values()];
}

export function readCutTimes(state: MemoryState, cutId: number): CutTimes | null {
  const cut = state.cuts.get(cutId);
  if (cut === undefined || cut.state !== 'sealed') return null;
  const { promiseSeconds, flushIntervalMs } = rowOf(state.routings, cut.routingId);
  const files = filesOf(state, cutId)
    .filter((file) => file.state === 'delivered')
    .sort((a, b) => a.position - b.position);
  return {
    lo: cut.lo,
    hi: cut.hi,
    sealedAtMs: cut.sealedAtMs,
    promiseMs: promiseSeconds * 1_000,
    flushIntervalMs,
    files: files.map((file) => ({
      lo: file.lo,
      hi: file.hi,
      hourMs: file.hourMs,
      rows: file.rows,
      rawBytes: file.rawBytes,
      gzipBytes: file.gzipBytes ?? 0,
      markedAtMs: landedMarkMs(attemptsOf(state, file.id)) ?? cut.sealedAtMs,
      deliveredAtMs: file.deliveredAtMs ?? 0,
    })),
  };
}

/** An attempt whose answer was lost may be the one that landed: then no other ended as done. */
function landedMarkMs(attempts: readonly AttemptRow[]): number | null {
  for (const wanted of ['done', 'unknown']) {
    const marks = attempts.filter(({ outcome }) => outcome === wanted).map(({ markedAtMs }) => markedAtMs);
    if (marks.length > 0) return Math.max(...marks);
  }
  return null;
}

/** As delivery.commit_cut: true for the one winner, once every file of the cut is in the bucket. */
export function commitCut(state: MemoryState, cutId: number, figures: CutFigures | null): boolean {
  const cut = state.cuts.get(cutId);
  if (cut === undefined || cut.state !== 'sealed') return false;
  const isOpen = (file: FileRow) => file.generation === cut.generation && file.state !== 'delivered';
  if (filesOf(state, cutId).some(isOpen)) return false;
  const lane = rowOf(state.lanes, cut.laneId);
  invariant(lane.done === cut.lo, `cut ${cutId} begins where its lane is done`);
  cut.state = 'committed';
  cut.committedAtMs = state.nowMs();
  cut.figures = figures;
  state.openCuts.delete(lane.id);
  lane.done = cut.hi + 1;
  lane.rowsDone += cut.rows;
  lane.bodyBytesDone += cut.bodyBytes;
  lane.pendingSinceMs = pendingSinceMs(state, lane);
  lane.failures = 0;
  lane.notBeforeMs = null;
  lane.leaseUntilMs = null;
  return true;
}
