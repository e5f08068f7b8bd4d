import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { AttemptEnd, FileFailure } from '@/lib/services/delivery/delivery-ledger';
import { type AttemptRow, type FileRow, type MemoryState, rowOf } from './memory-state';

/** How long after its deadline the attempt of a silent worker is given up. */
const GRACE_MS = 5_000;
const MESSAGE_LENGTH_MAX = 500;

interface Mark {
  readonly file: Pick<SealedFile, 'fileId' | 'generation'>;
  readonly workerId: string;
  readonly deadlineMs: number;
  readonly attemptId: number | null;
}

/** As delivery.mark_attempt: null when the PUT must not start. */
export function markAttempt(state: MemoryState, mark: Mark): number | null {
  const file = state.files.get(mark.file.fileId);
  if (file === undefined) return null;
  const lane = rowOf(state.lanes, rowOf(state.cuts, file.cutId).laneId);
  if (!lane.running || lane.heldCause !== null) return null;
  if (file.generation !== mark.file.generation || !isUndelivered(file)) return null;
  file.state = 'sealed';
  const open = mark.attemptId === null ? undefined : state.attempts.get(mark.attemptId);
  if (open === undefined || open.fileId !== file.id || open.outcome !== null)
    return addAttempt(state, file, mark).id;
  open.markedAtMs = state.nowMs();
  open.deadlineAtMs = state.nowMs() + mark.deadlineMs;
  return open.id;
}

export function addAttempt(
  state: MemoryState,
  file: FileRow,
  { workerId, deadlineMs }: { workerId: string; deadlineMs: number },
): AttemptRow {
  const attempt: AttemptRow = {
    id: state.attempts.size + 1,
    routingId: file.routingId,
    fileId: file.id,
    generation: file.generation,
    number: attemptsOf(state, file.id).length + 1,
    workerId,
    markedAtMs: state.nowMs(),
    deadlineAtMs: state.nowMs() + deadlineMs,
    endedAtMs: null,
    outcome: null,
    httpStatus: null,
    code: null,
    requestId: null,
    message: null,
  };
  state.attempts.set(attempt.id, attempt);
  state.attemptsOfFile.set(file.id, [...attemptsOf(state, file.id), attempt]);
  return attempt;
}

/** As delivery.end_attempt: what its own process learns later replaces an 'unknown' that was written for it. */
export function endAttempt(state: MemoryState, end: AttemptEnd): void {
  const attempt = state.attempts.get(end.attemptId);
  if (attempt === undefined || (attempt.outcome !== null && attempt.outcome !== 'unknown')) return;
  attempt.outcome = end.outcome;
  attempt.endedAtMs = state.nowMs();
  attempt.httpStatus = end.httpStatus;
  attempt.code = end.code;
  attempt.requestId = end.requestId;
  attempt.message = end.message?.slice(0, MESSAGE_LENGTH_MAX) ?? null;
}

/** As delivery.finish_file: true for the one who records it first. */
export function finishFile(
  state: MemoryState,
  { fileId, generation }: Pick<SealedFile, 'fileId' | 'generation'>,
  done: { object: { etag: string | null; gzipBytes: number }; end: AttemptEnd },
): boolean {
  const file = state.files.get(fileId);
  const isFirst = file !== undefined && file.generation === generation && file.state === 'sealed';
  if (isFirst) {
    file.state = 'delivered';
    file.etag = done.object.etag;
    file.gzipBytes = done.object.gzipBytes;
    file.deliveredAtMs = state.nowMs();
  }
  endAttempt(state, done.end);
  return isFirst;
}

/** As delivery.fail_file: a lane that has moved on meanwhile is left alone. */
export function failFile(state: MemoryState, failure: FileFailure): void {
  const file = state.files.get(failure.file.fileId);
  const isMeant = file?.generation === failure.file.generation && file.state === 'sealed';
  if (failure.isConflict && isMeant) file.state = 'conflict';
  if (failure.end !== null) endAttempt(state, failure.end);
  if (file === undefined || !isUndelivered(file)) return;
  const cut = rowOf(state.cuts, file.cutId);
  const lane = rowOf(state.lanes, cut.laneId);
  if (cut.state !== 'sealed' || lane.done !== cut.lo) return;
  lane.failures += 1;
  lane.heldCause ??= failure.heldCause;
  lane.notBeforeMs = state.nowMs() + failure.backOffMs;
  lane.leaseUntilMs = null;
}

/** As delivery.close_lost_attempts. */
export function closeLostAttempts(state: MemoryState): number {
  const lost = [...state.attempts.values()].filter(
    ({ outcome, deadlineAtMs }) => outcome === null && deadlineAtMs < state.nowMs() - GRACE_MS,
  );
  for (const attempt of lost) {
    attempt.outcome = 'unknown';
    attempt.endedAtMs = state.nowMs();
    attempt.code = 'WorkerLost';
  }
  return lost.length;
}

export function attemptsOf(state: MemoryState, fileId: string): readonly AttemptRow[] {
  return state.attemptsOfFile.get(fileId) ?? [];
}

export function isUndelivered({ state }: FileRow): boolean {
  return state === 'sealed' || state === 'conflict';
}

/** Whether some attempt may have written the file. A 412 counts as a no only once HEAD has found a stranger's object. */
export function mayBeWritten(state: MemoryState, file: FileRow): boolean {
  return attemptsOf(state, file.id).some(
    ({ outcome, httpStatus }) => outcome !== 'refused' || (httpStatus === 412 && file.state !== 'conflict'),
  );
}
