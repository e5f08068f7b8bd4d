import type { Quantile } from './plot-points';

/** Lines differ by dash and strength, not by hue alone. */
export const QUANTILE_LINE: Readonly<Record<Quantile, { dash: string; widthPx: number; colour: string }>> = {
  p50: { dash: '2 3', widthPx: 1.5, colour: 'var(--p50)' },
  p95: { dash: '', widthPx: 2, colour: 'var(--p95)' },
  p99: { dash: '6 3', widthPx: 1.5, colour: 'var(--p99)' },
};
