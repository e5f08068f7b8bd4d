import { DAY_MS } from '@/lib/domain/time-units';

export type RollupGrain = 'minute' | 'hour' | 'day';

/** How long rows are kept; days are kept for good. */
export const CUTS_KEPT_MS = 2 * DAY_MS;
export const MINUTES_KEPT_MS = 8 * DAY_MS;
export const HOURS_KEPT_MS = 100 * DAY_MS;
