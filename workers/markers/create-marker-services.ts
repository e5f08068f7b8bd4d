import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { MarkerDeps } from './write-marker';
import { decideMarkers, writeMarkers } from './write-markers';

const PERIOD_MS = 2_000;
/** Markers are small; a black-holed bucket keeps one of these waiting and not the others. */
const AT_ONCE = 4;

/** Decides and writes hour markers. Any number of workers do: an hour is decided once, and a PUT never overwrites. */
export function createMarkerServices(deps: MarkerDeps): Service[] {
  return [
    createPeriodic({
      name: 'decide-hour-markers',
      periodMs: PERIOD_MS,
      logger: deps.logger,
      run: () => decideMarkers(deps),
    }),
    ...Array.from({ length: AT_ONCE }, (_, writer) =>
      createPeriodic({
        name: `write-hour-markers-${writer + 1}`,
        periodMs: PERIOD_MS,
        logger: deps.logger,
        run: (signal) => writeMarkers(deps, signal),
      }),
    ),
  ];
}
