import { putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import { type MarkerDeps, writeMarker } from './write-marker';

const PERIOD_MS = 2_000;
/** Markers are small; a black-holed bucket keeps one of these waiting and not the others. */
const AT_ONCE = 4;
const MARKER_BYTES_MAX = 1024 * 1024;

/** Decides and writes hour markers. Any number of workers do: an hour is decided once, and a PUT never overwrites. */
export function createMarkerServices(deps: MarkerDeps): Service[] {
  const deadlineMs = putDeadlineMs(MARKER_BYTES_MAX);
  const writeWhileThereAre = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const marker = await deps.markers.claimMarker(deadlineMs);
      if (marker === null) return;
      await writeMarker(deps, marker, deadlineMs);
    }
  };
  return [
    createPeriodic({
      name: 'decide-hour-markers',
      periodMs: PERIOD_MS,
      logger: deps.logger,
      run: async () => {
        deps.crashPoints.reach('marker_before_decide');
        await deps.markers.decideMarkers();
        deps.crashPoints.reach('marker_after_decide');
      },
    }),
    ...Array.from({ length: AT_ONCE }, (_, writer) =>
      createPeriodic({
        name: `write-hour-markers-${writer + 1}`,
        periodMs: PERIOD_MS,
        logger: deps.logger,
        run: writeWhileThereAre,
      }),
    ),
  ];
}
