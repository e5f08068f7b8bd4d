const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type RollupGrain = 'minute' | 'hour' | 'day';

/** How long rows are kept; days are kept for good. */
export const CUTS_KEPT_MS = 2 * DAY_MS;
export const MINUTES_KEPT_MS = 8 * DAY_MS;
export const HOURS_KEPT_MS = 100 * DAY_MS;
