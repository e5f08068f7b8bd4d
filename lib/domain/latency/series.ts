import type { LatencyTally } from './tally';
import type { ErrorClass, LatencyPoint } from './view';
import type { LatencyWindow } from './window';

/** What one point of the series is made of. */
export interface PointParts {
  readonly tally: LatencyTally;
  readonly isDemo: boolean;
}

export type ErrorCounts = Partial<Record<ErrorClass, number>>;

/** Every point of the window, with zeros and nulls where nothing came; the maps go by the point's start, epoch ms. */
export function buildSeries(
  { fromMs, toMs, stepMs }: LatencyWindow,
  parts: ReadonlyMap<number, PointParts>,
  given: { readonly errors: ReadonlyMap<number, ErrorCounts>; readonly nothing: LatencyTally },
): LatencyPoint[] {
  const empty = given.nothing.figures();
  const points: LatencyPoint[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) {
    const part = parts.get(atMs);
    points.push({
      at: new Date(atMs).toISOString(),
      ...(part?.tally.figures() ?? empty),
      errors: given.errors.get(atMs) ?? {},
      isDemo: part?.isDemo ?? false,
    });
  }
  return points;
}
