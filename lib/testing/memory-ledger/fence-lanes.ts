import type { MissingChunks } from '@/lib/domain/routing/gap';
import { type GapRow, type LaneRow, type MemoryState, type RoutingRow, rowOf } from './memory-state';
import { headStart, isRunning, isStarted, lanesOf, moveTo, openLanes } from './open-lanes';

/** As lib/services/routing/fence-lanes: no seal decided before lands after, back-off ends. */
export function fenceLanes(
  state: MemoryState,
  routing: RoutingRow,
  { clearHold }: { clearHold: boolean },
): void {
  if (isStarted(routing)) openLanes(state, routing);
  for (const lane of lanesOf(state, routing.id)) {
    const isWanted = routing.dataTypes.includes(rowOf(state.streams, lane.streamId).type);
    lane.epoch += 1;
    lane.notBeforeMs = null;
    lane.failures = 0;
    lane.running = isRunning(routing) && (isWanted || lane.next > lane.done);
    if (clearHold && !isStuck(state, lane)) lane.heldCause = null;
  }
}

/** As lib/services/routing/skip-gaps: held lanes without an open cut go on behind what is no longer kept. */
export function skipGaps(state: MemoryState, routing: RoutingRow): GapRow[] {
  const gaps = lanesOf(state, routing.id).flatMap((lane): GapRow[] => {
    if (lane.heldCause !== 'chunk_missing' || lane.next !== lane.done) return [];
    const kept = state.log.keptChunks(lane.streamId).find(({ offset }) => offset >= lane.done);
    const start = kept ?? headStart(state, lane.streamId);
    if (start.offset <= lane.done) return [];
    const rows = start.rowsBefore - lane.rowsDone;
    const gap = { laneId: lane.id, lo: lane.done, hi: start.offset - 1, rows };
    moveTo(lane, start);
    lane.pendingSinceMs = null;
    return [gap];
  });
  state.gaps.push(...gaps);
  return gaps;
}

/** Lanes that stay held over missing chunks because a cut is open on them. */
export function readStuckLanes(state: MemoryState, routing: RoutingRow): MissingChunks[] {
  return lanesOf(state, routing.id)
    .filter((lane) => lane.heldCause === 'chunk_missing' && lane.next > lane.done)
    .map((lane) => ({
      laneId: lane.id,
      streamId: lane.streamId,
      type: rowOf(state.streams, lane.streamId).type,
      firstOffset: lane.done,
      lastOffset: lane.next - 1,
    }));
}

/** Its open cut has chunks that are no longer kept: nothing a person does here brings them back. */
function isStuck(state: MemoryState, lane: LaneRow): boolean {
  if (lane.heldCause !== 'chunk_missing') return false;
  for (let offset = lane.done; offset < lane.next; offset += 1) {
    if (state.log.chunkOf(lane.streamId, offset) === null) return true;
  }
  return false;
}
