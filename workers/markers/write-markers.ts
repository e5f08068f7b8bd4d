import { MARK_FRESH_MS, putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import { type MarkerDeps, writeMarker } from './write-marker';

const MARKER_BYTES_MAX = 1024 * 1024;
const DEADLINE_MS = putDeadlineMs(MARKER_BYTES_MAX);

/** Decides the hours that are complete, when it is this worker's turn. */
export async function decideMarkers({ markers, crashPoints }: MarkerDeps): Promise<void> {
  crashPoints.reach('marker_before_decide');
  await markers.decideMarkers();
  crashPoints.reach('marker_after_decide');
}

/** Writes one decided marker after the other until none may be written now. */
export async function writeMarkers(deps: MarkerDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const claimedAtMs = deps.clock.monotonicMs();
    const marker = await deps.markers.claimMarker(DEADLINE_MS + MARK_FRESH_MS);
    if (marker === null) return;
    await writeMarker(deps, marker, { claimedAtMs, deadlineMs: DEADLINE_MS });
  }
}
