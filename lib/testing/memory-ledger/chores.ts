import { settleLifecycle } from '@/lib/domain/delivery/settle-lifecycle';
import { endLanes, isLeft } from './end-lanes';
import { type MemoryState, rowOf } from './memory-state';
import { isStarted, lanesOf, openLanes } from './open-lanes';
import { writeRoutingState } from './routing-health';

const HOUR_MS = 3_600_000;
/** How long after its end an hour still takes lines. */
const HOUR_GRACE_MS = 30_000;

/** As lib/services/delivery/settle-routings. */
export function settleRoutings(state: MemoryState): void {
  endLanes(state);
  for (const routing of state.routings.values()) {
    const ofRouting = ({ routingId }: { routingId: string }) => routingId === routing.id;
    const next = settleLifecycle(routing.lifecycle, {
      hasOpenAttempt:
        [...state.attempts.values()].some((attempt) => ofRouting(attempt) && attempt.outcome === null) ||
        isWritingBeside(state, routing.id),
      hasDelivered: [...state.files.values()].some((file) => ofRouting(file) && file.state === 'delivered'),
      hasLeft: lanesOf(state, routing.id).some(isLeft),
    });
    if (next === null) continue;
    const isFirstNews = next === 'active' && routing.health === 'unknown';
    const health = isFirstNews ? 'healthy' : routing.health;
    writeRoutingState(state, routing, { lifecycle: next, health, cause: routing.healthCause });
  }
}

/** A PUT of a replay or of an hour's marker may be under way. */
function isWritingBeside(state: MemoryState, routingId: string): boolean {
  const { replays, replayFiles, markers } = state.beside;
  const isOpen = ({ inFlightUntilMs }: { readonly inFlightUntilMs: number | null }) =>
    inFlightUntilMs !== null && inFlightUntilMs > state.nowMs();
  const own = [...replays.values()].filter((replay) => replay.routingId === routingId);
  return (
    own.some(({ id }) => replayFiles.get(id)?.some(isOpen)) ||
    markers.some((marker) => marker.routingId === routingId && marker.state === 'pending' && isOpen(marker))
  );
}

/** As lib/services/stream/close-hours; returns how many streams moved. */
export function closeHours(state: MemoryState): number {
  const throughMs = Math.floor((state.nowMs() - HOUR_GRACE_MS) / HOUR_MS) * HOUR_MS;
  state.closedThroughMs = Math.max(state.closedThroughMs, throughMs);
  const behind = [...state.streams.keys()].filter(
    (id) => state.log.headOf(id).closedThroughMs < state.closedThroughMs,
  );
  for (const id of behind) state.log.closeHours(id, state.closedThroughMs);
  return behind.length;
}

/** As delivery.stop_removed_lanes; returns how many were stopped. */
export function stopRemovedLanes(state: MemoryState): number {
  const removed = [...state.lanes.values()].filter((lane) => {
    const { dataTypes } = rowOf(state.routings, lane.routingId);
    const { type } = rowOf(state.streams, lane.streamId);
    return lane.running && lane.next === lane.done && !dataTypes.includes(type);
  });
  for (const lane of removed) {
    lane.running = false;
    lane.pendingSinceMs = null;
  }
  return removed.length;
}

/** As lib/services/stream/sweep-lanes: what it finds is a fault of ours. */
export function sweepLanes(state: MemoryState): { routingId: string; streamId: number }[] {
  return [...state.routings.values()]
    .filter(isStarted)
    .flatMap((routing) =>
      openLanes(state, routing, 'earliest').map((streamId) => ({ routingId: routing.id, streamId })),
    );
}
