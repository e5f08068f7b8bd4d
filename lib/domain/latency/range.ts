import { z } from 'zod';

/** The windows that a page offers; each ends now. */
export const latencyRangeSchema = z.enum(['15m', '1h', '6h', '24h', '7d', '30d', '90d']);
export type LatencyRange = z.infer<typeof latencyRangeSchema>;

export const DEFAULT_RANGE: LatencyRange = '24h';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Width of a range and of one of its points, ms; no range has more than 360 points. */
export const RANGE_SHAPE: Readonly<
  Record<LatencyRange, { readonly spanMs: number; readonly stepMs: number }>
> = {
  '15m': { spanMs: 15 * MINUTE_MS, stepMs: MINUTE_MS },
  '1h': { spanMs: HOUR_MS, stepMs: MINUTE_MS },
  '6h': { spanMs: 6 * HOUR_MS, stepMs: MINUTE_MS },
  '24h': { spanMs: DAY_MS, stepMs: 5 * MINUTE_MS },
  '7d': { spanMs: 7 * DAY_MS, stepMs: HOUR_MS },
  '30d': { spanMs: 30 * DAY_MS, stepMs: 3 * HOUR_MS },
  '90d': { spanMs: 90 * DAY_MS, stepMs: DAY_MS },
};
