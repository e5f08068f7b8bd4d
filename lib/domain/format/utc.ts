import { timeFormat } from './time-format';

const UTC = timeFormat('UTC');

/** The time of day in UTC: 14:32:07. */
export function formatUtcClock(at: Date): string {
  return UTC.clock(at);
}

/** A moment to the minute, without the year where it is `now`'s: "22 Nov 11:00 UTC", "3 Jan 2025 09:12 UTC". */
export function formatUtcMinute(at: Date, now: Date): string {
  return UTC.minute(at, now);
}

/** A moment in full, to the second: "22 Nov 2026 14:32:07 UTC". */
export function formatUtcExact(at: Date): string {
  return UTC.exact(at);
}
