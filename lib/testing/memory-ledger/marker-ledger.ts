import type { MarkerEnd, MarkerLedger, PendingMarker } from '@/lib/services/hour/marker-ledger';
import type { MarkerRow } from './beside-state';
import { decideMarkers } from './decide-markers';
import { type MemoryState, rowOf } from './memory-state';
import { mayWrite } from './open-lanes';

/** As lib/services/hour/create-marker-ledger; whose turn it is, the caller says. */
export function createMemoryMarkers(state: MemoryState): MarkerLedger {
  return {
    decideMarkers: async () => decideMarkers(state),
    claimMarker: async (deadlineMs) => claimMarker(state, deadlineMs),
    endMarker: async (id, end) => endMarker(state, id, end),
  };
}

/** Markers that may be written now, those that never failed first, the oldest first. */
export function claimableMarkers(state: MemoryState): MarkerRow[] {
  const isOver = (ms: number | null) => ms === null || ms <= state.nowMs();
  return state.beside.markers
    .filter((marker) => {
      const routing = rowOf(state.routings, marker.routingId);
      const isFree = isOver(marker.notBeforeMs) && isOver(marker.leaseUntilMs);
      return marker.state === 'pending' && isFree && mayWrite(state, routing) && routing.health !== 'blocked';
    })
    .sort((a, b) => a.failures - b.failures || a.hourMs - b.hourMs);
}

function claimMarker(state: MemoryState, deadlineMs: number): PendingMarker | null {
  const [marker] = claimableMarkers(state);
  if (marker === undefined) return null;
  marker.leaseUntilMs = state.nowMs() + deadlineMs;
  marker.inFlightUntilMs = state.nowMs() + deadlineMs;
  const { id, routingId, endpoint, bucket, key, rows, body, failures } = marker;
  return { id, routingId, endpoint, bucket, key, rows, body, failures };
}

function endMarker(state: MemoryState, id: string, end: MarkerEnd): void {
  const marker = state.beside.markers.find((other) => other.id === id);
  if (marker?.state !== 'pending') return;
  const isWritten = end.state === 'written';
  marker.state = end.state ?? 'pending';
  const { cause, httpStatus, code } = end;
  Object.assign(marker, { cause, httpStatus, code, leaseUntilMs: null, inFlightUntilMs: null });
  marker.writtenAtMs = isWritten ? state.nowMs() : null;
  marker.failures = isWritten ? 0 : marker.failures + 1;
  marker.notBeforeMs = state.nowMs() + end.backOffMs;
}
