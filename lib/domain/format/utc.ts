const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The time of day in UTC: 14:32:07. */
export function formatUtcClock(at: Date): string {
  return at.toISOString().slice(11, 19);
}

/** A moment to the minute, without the year where it is `now`'s: "22 Nov 11:00 UTC", "3 Jan 2025 09:12 UTC". */
export function formatUtcMinute(at: Date, now: Date): string {
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? '' : ` ${at.getUTCFullYear()}`;
  return `${dayAndMonth(at)}${year} ${at.toISOString().slice(11, 16)} UTC`;
}

/** A moment in full, to the second: "22 Nov 2026 14:32:07 UTC". */
export function formatUtcExact(at: Date): string {
  return `${dayAndMonth(at)} ${at.getUTCFullYear()} ${formatUtcClock(at)} UTC`;
}

function dayAndMonth(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}
