import { timeFormat } from './time-format';

const UTC = timeFormat('UTC');

/** A moment to the minute, without the year where it is `now`'s: "22 Nov 11:00 UTC", "3 Jan 2025 09:12 UTC". */
export function formatUtcMinute(at: Date, now: Date): string {
  return UTC.minute(at, now);
}
