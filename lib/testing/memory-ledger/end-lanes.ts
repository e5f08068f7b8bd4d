import { commitCut } from './cut-verbs';
import { leaveChunks } from './expire-lanes';
import { giveUpFiles, inFlightUntilMs, openFilesOf } from './give-up';
import { filesOf } from './insert-file';
import { type CutRow, type LaneRow, type MemoryState, type RoutingRow, rowOf } from './memory-state';
import { headOf, headStart, lanesOf, moveTo } from './open-lanes';

/** How long whoever delivered a cut's last file has to commit it with its figures. */
const COMMIT_GRACE_MS = 5_000;

/** As delivery.set_lane_ends: where it has not been decided, at the heads as they are now. */
export function setLaneEnds(state: MemoryState, routing: RoutingRow): void {
  for (const lane of lanesOf(state, routing.id)) {
    if (lane.endOffset !== null) continue;
    const isWanted = routing.dataTypes.includes(rowOf(state.streams, lane.streamId).type);
    const cut = state.openCuts.get(lane.id);
    const end = isWanted
      ? headStart(state, lane.streamId)
      : {
          offset: lane.next,
          rowsBefore: lane.rowsDone + (cut?.rows ?? 0),
          bodyBytesBefore: lane.bodyBytesDone + (cut?.bodyBytes ?? 0),
        };
    Object.assign(lane, {
      endOffset: end.offset,
      endRows: end.rowsBefore,
      endBodyBytes: end.bodyBytesBefore,
    });
  }
}

/** Whether a lane of a draining routing has not come to its end, or still runs. */
export function isLeft(lane: LaneRow): boolean {
  return lane.running || lane.next > lane.done || (lane.endOffset !== null && lane.done < lane.endOffset);
}

/** As lib/services/delivery/end-lanes; returns how many gaps were recorded. */
export function endLanes(state: MemoryState): number {
  const before = state.gaps.length;
  for (const lane of state.lanes.values()) {
    const routing = rowOf(state.routings, lane.routingId);
    if (routing.lifecycle !== 'draining' || !isLeft(lane) || lane.endOffset === null) continue;
    const isTimeUp = (routing.drainUntilMs ?? 0) <= state.nowMs();
    if (isTimeUp || lane.done >= lane.endOffset) endLane(state, lane, routing.endReason);
  }
  return state.gaps.length - before;
}

/** As delivery.end_lane. */
function endLane(state: MemoryState, lane: LaneRow, reason: string | null): void {
  if (lane.running) {
    lane.running = false;
    lane.epoch += 1;
  }
  const cut = state.openCuts.get(lane.id);
  if (cut !== undefined && !endCut(state, cut, reason)) return;
  skipSuperseded(state, lane);
  leaveChunks(state, lane, { to: headOf(state, lane), cause: 'discarded', reason });
  Object.assign(lane, { heldCause: null, failures: 0, notBeforeMs: null, leaseUntilMs: null });
}

/** False while a PUT may be under way, or while whoever delivered it may still commit. */
function endCut(state: MemoryState, cut: CutRow, reason: string | null): boolean {
  if (inFlightUntilMs(state, cut) !== null) return false;
  const files = openFilesOf(state, cut);
  if (files.length > 0) return giveUpFiles(state, cut, { files, cause: 'discarded', reason });
  const delivered = filesOf(state, cut.id).map(({ deliveredAtMs }) => deliveredAtMs ?? 0);
  if (state.nowMs() < Math.max(cut.sealedAtMs, ...delivered) + COMMIT_GRACE_MS) return false;
  return commitCut(state, cut.id, null);
}

/** As delivery.skip_superseded: older snapshots than the newest one that the lane carries. */
function skipSuperseded(state: MemoryState, lane: LaneRow): void {
  if (rowOf(state.streams, lane.streamId).type !== 'segment' || lane.endOffset === null) return;
  const { done, endOffset } = lane;
  const ends = state.log
    .keptChunks(lane.streamId)
    .filter(({ offset, snapshotEnd }) => snapshotEnd && offset >= done && offset < endOffset);
  const before = ends.at(-2);
  const start = before === undefined ? null : state.log.chunkOf(lane.streamId, before.offset + 1);
  if (before === undefined || start === null) return;
  state.leftOut.push({ laneId: lane.id, lo: done, hi: before.offset });
  const { rowsBefore, bodyBytesBefore } = start;
  moveTo(lane, { offset: before.offset + 1, rowsBefore, bodyBytesBefore });
  lane.heldCause = null;
}
