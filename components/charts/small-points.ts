import { ERROR_CLASSES } from '@/lib/domain/latency/table-columns';
import type { ErrorClass, LatencyPoint } from '@/lib/domain/latency/view';
import type { Band } from './bands';

export interface SmallSeries {
  readonly key: string;
  readonly name: string;
  /** A colour of the theme, or 'hatch' for what belongs to none. */
  readonly colour: string;
}

const ERROR_COLOUR: Readonly<Record<ErrorClass, string>> = {
  access: 'var(--cat-1)',
  throttled: 'var(--cat-2)',
  network: 'var(--cat-3)',
  other: 'hatch',
};

export const ERROR_SERIES: readonly SmallSeries[] = ERROR_CLASSES.map((kind) => ({
  key: kind,
  name: kind,
  colour: ERROR_COLOUR[kind],
}));

export type SmallPoint = { readonly midMs: number } & {
  /** Null where nobody measured; of errors also where there were none, so that no empty bar is drawn. */
  readonly [key in 'perMinute' | 'files' | 'errors' | ErrorClass]: number | null;
};

/** Steps for the small plots. */
export function smallPoints(
  points: readonly LatencyPoint[],
  stepMs: number,
  bands: readonly Band[],
): readonly SmallPoint[] {
  const unmeasured = bands.filter(({ kind }) => kind === 'unmeasured');
  return points.map((point) => {
    const atMs = Date.parse(point.at);
    const isMeasured = !unmeasured.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    const count = (kind: ErrorClass) => point.errors[kind] ?? null;
    const errors = ERROR_CLASSES.reduce((sum, kind) => sum + (count(kind) ?? 0), 0);
    return {
      midMs: atMs + stepMs / 2,
      perMinute: isMeasured ? (point.rows * 60_000) / stepMs : null,
      files: isMeasured ? point.files : null,
      errors,
      access: count('access'),
      throttled: count('throttled'),
      network: count('network'),
      other: count('other'),
    };
  });
}
