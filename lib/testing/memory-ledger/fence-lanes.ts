import { type LaneRow, type MemoryState, type RoutingRow, rowOf } from './memory-state';
import { isStarted, lanesOf, mayWrite, openLanes } from './open-lanes';

/** As lib/services/routing/fence-lanes: no seal decided before lands after, back-off ends. */
export function fenceLanes(
  state: MemoryState,
  routing: RoutingRow,
  { clearHold, opensLanes = true }: { clearHold: boolean; opensLanes?: boolean },
): void {
  if (opensLanes && isStarted(routing)) openLanes(state, routing);
  for (const lane of lanesOf(state, routing.id)) {
    const isWanted = routing.dataTypes.includes(rowOf(state.streams, lane.streamId).type);
    lane.epoch += 1;
    lane.notBeforeMs = null;
    lane.failures = 0;
    lane.running = mayWrite(state, routing) && (isWanted || lane.next > lane.done);
    if (clearHold && !isStuck(state, lane)) lane.heldCause = null;
  }
}

/** Its open cut has chunks that are no longer kept: nothing a person does here brings them back. */
function isStuck(state: MemoryState, lane: LaneRow): boolean {
  if (lane.heldCause !== 'chunk_missing') return false;
  for (let offset = lane.done; offset < lane.next; offset += 1) {
    if (state.log.chunkOf(lane.streamId, offset) === null) return true;
  }
  return false;
}
