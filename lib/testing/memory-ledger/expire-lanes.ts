import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import { giveUpFiles, inFlightUntilMs, openFilesOf } from './give-up';
import { type GapRow, type LaneRow, type MemoryState, rowOf } from './memory-state';
import { headOf, isStarted, laneStart, moveTo, pendingSinceMs, type Start } from './open-lanes';

const HOUR_MS = 3_600_000;

/** As lib/services/retention/expire-lanes: what could not be delivered in time becomes gaps; returns how many. */
export function expireLanes(state: MemoryState): number {
  const before = state.gaps.length;
  for (const lane of state.lanes.values()) {
    if (!mayExpire(state, lane) || headOf(state, lane).offset <= lane.done) continue;
    const first = startFrom(state, lane, { tooOldMs: tooOldMs(state, lane) });
    if (first.offset > lane.done) expireLane(state, lane);
  }
  return state.gaps.length - before;
}

/** As delivery.expire_lane: waits for a PUT that may be under way. */
function expireLane(state: MemoryState, lane: LaneRow): void {
  const kept = startFrom(state, lane, { tooOldMs: Number.NEGATIVE_INFINITY });
  const to = startFrom(state, lane, { tooOldMs: tooOldMs(state, lane) });
  const cut = state.openCuts.get(lane.id);
  if (cut !== undefined) {
    const files = openFilesOf(state, cut).filter(({ lo, hi }) => lo < kept.offset || hi < to.offset);
    if (files.length === 0 || inFlightUntilMs(state, cut) !== null) return;
    lane.epoch += 1;
    lane.heldCause = null;
    if (!giveUpFiles(state, cut, { files, cause: 'retention', reason: null })) return;
  }
  passChunks(state, lane, to);
}

/** As delivery.pass_chunks: a type that is not wanted is not missed, and snapshots are superseded by the newest. */
function passChunks(state: MemoryState, lane: LaneRow, given: Start): void {
  const stream = rowOf(state.streams, lane.streamId);
  const isSuperseded = stream.type === 'segment' && lane.endOffset === null;
  const to = isSuperseded ? laneStart(state, stream, 'head') : given;
  const isWanted = rowOf(state.routings, lane.routingId).dataTypes.includes(stream.type);
  if (!isWanted || to.offset <= lane.done) return;
  if (!isSuperseded) {
    leaveChunks(state, lane, { to, cause: 'retention', reason: null });
    return;
  }
  state.leftOut.push({ laneId: lane.id, lo: lane.done, hi: to.offset - 1 });
  moveBehind(state, lane, to);
}

/** As delivery.leave_chunks: what lies before becomes a gap. */
export function leaveChunks(
  state: MemoryState,
  lane: LaneRow,
  { to, cause, reason }: { to: Start; cause: GapRow['cause']; reason: string | null },
): void {
  if (to.offset <= lane.done) return;
  const passed = { laneId: lane.id, lo: lane.done, hi: to.offset - 1 };
  const rows = to.rowsBefore - lane.rowsDone;
  state.gaps.push({ ...passed, rows, cause, fileId: null, mayExist: false, reason });
  moveBehind(state, lane, to);
}

function moveBehind(state: MemoryState, lane: LaneRow, to: Start): void {
  moveTo(lane, to);
  lane.epoch += 1;
  lane.heldCause = null;
  lane.pendingSinceMs = pendingSinceMs(state, lane);
}

function mayExpire(state: MemoryState, lane: LaneRow): boolean {
  const routing = rowOf(state.routings, lane.routingId);
  const isWanted = routing.dataTypes.includes(rowOf(state.streams, lane.streamId).type);
  const isAlive = isStarted(routing) || routing.lifecycle === 'draining';
  return isAlive && (lane.next > lane.done || isWanted);
}

/** Hours before this one are too old for a lane that cannot deliver. */
function tooOldMs(state: MemoryState, lane: LaneRow): number {
  const { retentionHours, health } = rowOf(state.routings, lane.routingId);
  const isFailing = lane.failures > 0 && (health === 'blocked' || health === 'failing');
  if (lane.running && lane.heldCause === null && !isFailing) return Number.NEGATIVE_INFINITY;
  return (Math.floor(state.nowMs() / HOUR_MS) - retentionHours) * HOUR_MS;
}

/** The first undelivered chunk that is neither gone, nor about to go, nor too old; else the head. */
function startFrom(state: MemoryState, lane: LaneRow, { tooOldMs }: { tooOldMs: number }): Start {
  const first = state.log
    .keptChunks(lane.streamId, RETENTION_DAYS)
    .find(({ offset, hourMs }) => offset >= lane.done && hourMs >= tooOldMs);
  const head = headOf(state, lane);
  return first !== undefined && first.offset < head.offset ? first : head;
}
