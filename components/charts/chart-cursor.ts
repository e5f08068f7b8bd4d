import type { Quantile } from './plot-points';

/** What the arrow keys choose between, from top to bottom. */
export const CURSOR_SERIES = ['p99', 'p95', 'p50', 'events', 'files', 'errors'] as const;
export type CursorSeries = Quantile | 'events' | 'files' | 'errors';

export interface ChartCursor {
  /** Beginning of the step it stands on; null while it stands nowhere. */
  readonly atMs: number | null;
  readonly series: CursorSeries;
  /** Moved by a key: only then is its step read out. */
  readonly isByKey: boolean;
}

export const NO_CURSOR: ChartCursor = { atMs: null, series: 'p99', isByKey: false };

/** The cursor after a key, over the steps that are shown; null for a key that is not the chart's. */
export function moveCursor(cursor: ChartCursor, key: string, steps: readonly number[]): ChartCursor | null {
  if (key === 'Escape') return cursor.atMs === null ? null : { ...cursor, atMs: null, isByKey: true };
  const last = steps.length - 1;
  if (last < 0) return null;
  const index = cursor.atMs === null ? -1 : steps.indexOf(cursor.atMs);
  const stand = (next: number): ChartCursor => ({
    ...cursor,
    atMs: steps[Math.min(last, Math.max(0, next))] ?? null,
    isByKey: true,
  });
  switch (key) {
    case 'ArrowLeft':
      return stand(index === -1 ? last : index - 1);
    case 'ArrowRight':
      return stand(index === -1 ? last : index + 1);
    case 'Home':
      return stand(0);
    case 'End':
      return stand(last);
    case 'ArrowUp':
      return { ...stand(index === -1 ? last : index), series: neighbour(cursor.series, -1) };
    case 'ArrowDown':
      return { ...stand(index === -1 ? last : index), series: neighbour(cursor.series, 1) };
    default:
      return null;
  }
}

function neighbour(series: CursorSeries, by: 1 | -1): CursorSeries {
  const index = CURSOR_SERIES.indexOf(series) + by;
  return CURSOR_SERIES[(index + CURSOR_SERIES.length) % CURSOR_SERIES.length] ?? series;
}
