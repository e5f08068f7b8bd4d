const MINUTE_MS = 60_000;

/** How long after the nth failure the next try comes; about 35 hours in all. */
const WAITS_MS = [0.25, 1, 5, 15, 60, 180, 360, 720, 720].map((minutes) => minutes * MINUTE_MS);

/** Tries of one notice, the first included. */
export const NOTICE_TRIES_MAX = WAITS_MS.length + 1;

/** Looked at again when no mail server is set: setting one must not need a hand for what waits. */
export const NOT_CONFIGURED_WAIT_MS = MINUTE_MS;

/** How old a notice may be when it is sent at last; what it says would not be news any more. */
export const NOTICE_AGE_MAX_MS = 7 * 24 * 60 * MINUTE_MS;

/** When to try again after `tries` failures, up to a fifth later by `random` in [0, 1); null when it is given up. */
export function noticeWaitMs(tries: number, random: number): number | null {
  const waitMs = WAITS_MS[tries - 1];
  return waitMs === undefined ? null : Math.round(waitMs * (1 + random / 5));
}
