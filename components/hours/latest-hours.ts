import type { HourState, HourView } from '@/lib/domain/hour/view';
import { HOUR_DISPLAY } from './hour-display';

export interface LatestHour {
  /** Start of the hour. */
  readonly hour: string;
  readonly state: HourState;
}

/** The gravest first: an hour is as well as its worst data type. */
const GRAVITY: readonly HourState[] = [
  'gap',
  'missing',
  'held',
  'late',
  'open',
  'complete',
  'quiet',
  'unknown',
];

/** Hours of several data types as one row of hours, oldest first. */
export function latestHours(hours: readonly Pick<HourView, 'hour' | 'state'>[]): readonly LatestHour[] {
  const worst = new Map<string, HourState>();
  for (const { hour, state } of hours) {
    const known = worst.get(hour);
    if (known === undefined || GRAVITY.indexOf(state) < GRAVITY.indexOf(known)) worst.set(hour, state);
  }
  return [...worst].map(([hour, state]) => ({ hour, state })).sort((a, b) => a.hour.localeCompare(b.hour));
}

interface HourTotal {
  readonly state: HourState;
  /** "22 complete" */
  readonly text: string;
}

/** How many hours are how, the gravest first. */
export function hourTotals(hours: readonly LatestHour[]): readonly HourTotal[] {
  return GRAVITY.flatMap((state) => {
    const count = hours.filter((hour) => hour.state === state).length;
    return count === 0 ? [] : [{ state, text: `${count} ${HOUR_DISPLAY[state].word}` }];
  });
}
