import type { ReplayFileState } from '@/lib/domain/replay/view';
import { hasEnded } from '@/lib/domain/routing/transition';
import type {
  ClaimedReplayFile,
  ReplayAnswer,
  ReplayBackOff,
  ReplayLedger,
} from '@/lib/services/replay/replay-ledger';
import type { ReplayFileRow, ReplayRow } from './beside-state';
import { type MemoryState, rowOf } from './memory-state';
import { isRunning } from './open-lanes';
import { endReplay, isKept } from './start-replay';

const HANDS_MAX = 2;
const LOOK_MAX_MS = 15 * 60_000;
/** What says that S3 lets us look and write. */
const ENDS_BACK_OFF: readonly ReplayFileState[] = ['present', 'missing', 'restored', 'copied', 'conflict'];

type Claim = Pick<ClaimedReplayFile, 'replayId' | 'sourceId'>;

/** As lib/services/replay/create-replay-ledger. */
export function createMemoryReplays(state: MemoryState): ReplayLedger {
  return {
    listDue: async (limit) => listDue(state, limit),
    claimFile: async (replayId, leaseMs) => claimFile(state, replayId, leaseMs),
    renewLease: async (claim, leaseMs) => {
      const file = pendingFile(state, claim);
      if (file !== undefined) file.leaseUntilMs = state.nowMs() + leaseMs;
    },
    markFile: async (claim, mark) => markFile(state, claim, mark),
    settleFile: async (claim, end, answer) => settleFile(state, claim, { end, answer }),
    backOff: async (claim, wait, answer) => backOff(state, claim, { wait, answer }),
    finishReplay: async (replayId) => {
      const replay = state.beside.replays.get(replayId);
      if (replay?.state !== 'running' || pendingOf(state, replayId).length > 0) return false;
      endReplay(state, replay, 'done');
      Object.assign(replay, { heldCause: null, notBeforeMs: null });
      return true;
    },
  };
}

function listDue(state: MemoryState, limit: number): string[] {
  const running = () => [...state.beside.replays.values()].filter((replay) => replay.state === 'running');
  for (const replay of running()) {
    const { lifecycle } = rowOf(state.routings, replay.routingId);
    const isOldLook = replay.mode === 'look' && replay.startedAtMs < state.nowMs() - LOOK_MAX_MS;
    if (isOldLook || hasEnded(lifecycle)) endReplay(state, replay, 'cancelled');
  }
  return running()
    .filter((replay) => mayRun(state, replay) && hands(state, replay.id) < HANDS_MAX)
    .slice(0, limit)
    .map(({ id }) => id);
}

function mayRun(state: MemoryState, { notBeforeMs, routingId }: ReplayRow): boolean {
  const isWaiting = notBeforeMs !== null && notBeforeMs > state.nowMs();
  return !isWaiting && isRunning(rowOf(state.routings, routingId));
}

function pendingOf(state: MemoryState, replayId: string): ReplayFileRow[] {
  return (state.beside.replayFiles.get(replayId) ?? []).filter((file) => file.state === 'pending');
}

function pendingFile(state: MemoryState, { replayId, sourceId }: Claim): ReplayFileRow | undefined {
  return pendingOf(state, replayId).find(({ fileId }) => fileId === sourceId);
}

function isLeased(state: MemoryState, { leaseUntilMs }: ReplayFileRow): boolean {
  return leaseUntilMs !== null && leaseUntilMs > state.nowMs();
}

function hands(state: MemoryState, replayId: string): number {
  return pendingOf(state, replayId).filter((file) => isLeased(state, file)).length;
}

function claimFile(state: MemoryState, replayId: string, leaseMs: number): ClaimedReplayFile | null {
  const replay = state.beside.replays.get(replayId);
  if (replay?.state !== 'running' || !mayRun(state, replay) || hands(state, replayId) >= HANDS_MAX)
    return null;
  const [file] = pendingOf(state, replayId)
    .filter((pending) => !isLeased(state, pending))
    .sort((a, b) => a.attempts - b.attempts || a.position - b.position);
  if (file === undefined) return null;
  file.leaseUntilMs = state.nowMs() + leaseMs;
  file.attempts += 1;
  return toClaimed(state, replay, file);
}

function toClaimed(state: MemoryState, replay: ReplayRow, row: ReplayFileRow): ClaimedReplayFile {
  const source = rowOf(state.files, row.fileId);
  const cut = rowOf(state.cuts, source.cutId);
  const { streamId } = rowOf(state.lanes, cut.laneId);
  const leftOut = state.setAside
    .filter(({ cutId, reason }) => cutId === cut.id && reason === 'corrupt')
    .flatMap(({ offsets }) => offsets)
    .sort((a, b) => a - b);
  const { routingId, generation, type, hourMs, lo, hi, kind, rows, rawBytes, crcRaw } = source;
  const { objectId: fileId, endpoint, bucket, key } = row;
  return {
    replayId: replay.id,
    sourceId: row.fileId,
    mode: replay.mode,
    gzipBytes: source.gzipBytes ?? 0,
    isKept: isKept(state, source),
    wasMissing: row.wasMissing,
    failures: replay.failures,
    file: {
      ...{ fileId, routingId, streamId, generation, endpoint, bucket, key, type, hourMs, lo, hi, leftOut },
      ...{ eventNames: cut.eventNames, kind, rows, rawBytes, crcRaw, denials: replay.denials },
      firstDenialAgoMs: replay.deniedSinceMs === null ? 0 : state.nowMs() - replay.deniedSinceMs,
    },
  };
}

function markFile(
  state: MemoryState,
  claim: Claim,
  { deadlineMs, wasMissing }: Parameters<ReplayLedger['markFile']>[1],
): boolean {
  const file = pendingFile(state, claim);
  const replay = state.beside.replays.get(claim.replayId);
  if (file === undefined || replay === undefined) return false;
  if (replay.state === 'running' && isRunning(rowOf(state.routings, replay.routingId))) {
    file.wasMissing ||= wasMissing;
    file.inFlightUntilMs = state.nowMs() + deadlineMs;
    return true;
  }
  file.leaseUntilMs = null;
  file.attempts -= 1;
  return false;
}

function settleFile(
  state: MemoryState,
  claim: Claim,
  {
    end,
    answer,
  }: {
    end: Exclude<ReplayFileState, 'pending'>;
    answer: ReplayAnswer & { readonly cause: string | null };
  },
): boolean {
  const file = pendingFile(state, claim);
  const replay = state.beside.replays.get(claim.replayId);
  if (file === undefined || replay === undefined) return false;
  const { cause, httpStatus, code } = answer;
  const settledAtMs = state.nowMs();
  Object.assign(file, { state: end, cause, httpStatus, code, settledAtMs });
  Object.assign(file, { leaseUntilMs: null, inFlightUntilMs: null });
  if (ENDS_BACK_OFF.includes(end) && (replay.failures > 0 || replay.heldCause !== null))
    Object.assign(replay, {
      ...{ failures: 0, denials: 0, deniedSinceMs: null, notBeforeMs: null, heldCause: null },
    });
  return true;
}

function backOff(
  state: MemoryState,
  claim: Claim,
  { wait, answer }: { wait: ReplayBackOff; answer: ReplayAnswer },
): void {
  const file = pendingFile(state, claim);
  const replay = state.beside.replays.get(claim.replayId);
  if (file === undefined || replay === undefined) return;
  const { httpStatus, code } = answer;
  Object.assign(file, { leaseUntilMs: null, inFlightUntilMs: null, httpStatus, code });
  if (replay.state !== 'running') return;
  replay.failures += 1;
  replay.heldCause = wait.cause;
  replay.notBeforeMs = state.nowMs() + wait.backOffMs;
  replay.denials = wait.isDenial ? replay.denials + 1 : 0;
  replay.deniedSinceMs = wait.isDenial ? (replay.deniedSinceMs ?? state.nowMs()) : null;
}
