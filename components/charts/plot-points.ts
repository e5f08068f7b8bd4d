import type { LatencyPoint } from '@/lib/domain/latency/view';
import { QUANTILE_ROWS_MIN } from '@/lib/domain/latency/worst-sentence';

export const QUANTILES = ['p50', 'p95', 'p99'] as const;
export type Quantile = (typeof QUANTILES)[number];

/** A step as the latency plot draws it; ms. A line breaks at null; a dot stands where a line cannot or must not be. */
export type PlotPoint = { readonly atMs: number; readonly midMs: number } & {
  readonly [series in Quantile | `${Quantile}Dot`]: number | null;
};

/** Steps for the plot. p99 of few rows is dots; so is every step with empty ones on both sides. */
export function plotPoints(points: readonly LatencyPoint[], stepMs: number): readonly PlotPoint[] {
  const isAlone = (index: number, hasLine: (point: LatencyPoint | undefined) => boolean) =>
    !hasLine(points[index - 1]) && !hasLine(points[index + 1]);
  return points.map((point, index) => {
    const hasRows = (other: LatencyPoint | undefined) => other !== undefined && other.rows > 0;
    const isSolid = (other: LatencyPoint | undefined) =>
      other !== undefined && other.rows >= QUANTILE_ROWS_MIN;
    const atMs = Date.parse(point.at);
    const dotted = isAlone(index, hasRows);
    const p99Dotted = !isSolid(point) || isAlone(index, isSolid);
    return {
      atMs,
      midMs: atMs + stepMs / 2,
      p50: point.p50Ms,
      p95: point.p95Ms,
      p99: isSolid(point) ? point.p99Ms : null,
      p50Dot: dotted ? point.p50Ms : null,
      p95Dot: dotted ? point.p95Ms : null,
      p99Dot: p99Dotted ? point.p99Ms : null,
    };
  });
}
