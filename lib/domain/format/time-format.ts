import { MINUTE_MS } from '@/lib/domain/time-units';

/** Their names for the eye, January first. */
export const MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** How moments are written in one time zone. The zone is explicit, so server and browser write the same text. */
export interface TimeFormat {
  /** IANA name. */
  readonly zone: string;
  /** The time of day to the second: 14:32:07. */
  clock(at: Date): string;
  /** The time of day to the minute: 14:32. */
  hourMinute(at: Date): string;
  /** 22 Nov */
  day(at: Date): string;
  /** To the minute, without the year where it is `now`'s: "22 Nov 11:00 UTC", "3 Jan 2025 09:12 UTC+1". */
  minute(at: Date, now: Date): string;
  /** In full, to the second: "22 Nov 2026 14:32:07 UTC". */
  exact(at: Date): string;
}

const known = new Map<string, TimeFormat>();

/** The format of an IANA zone; throws RangeError for a zone that does not exist. */
export function timeFormat(zone: string): TimeFormat {
  const made = known.get(zone) ?? createTimeFormat(zone);
  known.set(zone, made);
  return made;
}

/** "UTC", "UTC+1", "UTC-3:30": what the zone's clock differs by at this moment. */
export function offsetName(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const distance = Math.abs(offsetMinutes);
  const rest = distance % 60;
  const minutes = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(distance / 60)}${minutes}`;
}

function createTimeFormat(zone: string): TimeFormat {
  const offsetOf = zone === 'UTC' ? () => 0 : offsetReader(zone);
  // A date whose UTC fields show what a clock in the zone shows.
  const wall = (at: Date) => new Date(at.getTime() + offsetOf(at) * MINUTE_MS);
  const iso = (at: Date) => wall(at).toISOString();
  const day = (at: Date) => `${wall(at).getUTCDate()} ${MONTHS[wall(at).getUTCMonth()]}`;
  const year = (at: Date) => wall(at).getUTCFullYear();
  return {
    zone,
    clock: (at) => iso(at).slice(11, 19),
    hourMinute: (at) => iso(at).slice(11, 16),
    day,
    minute: (at, now) => {
      const ofYear = year(at) === year(now) ? '' : ` ${year(at)}`;
      return `${day(at)}${ofYear} ${iso(at).slice(11, 16)} ${offsetName(offsetOf(at))}`;
    },
    exact: (at) => `${day(at)} ${year(at)} ${iso(at).slice(11, 19)} ${offsetName(offsetOf(at))}`,
  };
}

/** Minutes that the zone's clock is ahead of UTC. */
function offsetReader(zone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((wallMs - Math.floor(at.getTime() / 1_000) * 1_000) / MINUTE_MS);
  };
}
