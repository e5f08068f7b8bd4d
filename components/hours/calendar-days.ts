import type { HourView } from '@/lib/domain/hour/view';

export const HOURS_OF_DAY = 24;

export interface CalendarDay {
  /** 2026-11-22 */
  readonly date: string;
  /** Sun 22 */
  readonly label: string;
  /** One per hour of the day; null for hours that the range does not hold. */
  readonly cells: readonly (HourView | null)[];
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Hours as rows of days in UTC, the newest day first. */
export function calendarDays(hours: readonly HourView[]): CalendarDay[] {
  const byDate = new Map<string, (HourView | null)[]>();
  for (const view of hours) {
    const date = view.hour.slice(0, 10);
    const cells = byDate.get(date) ?? Array<HourView | null>(HOURS_OF_DAY).fill(null);
    cells[new Date(view.hour).getUTCHours()] = view;
    byDate.set(date, cells);
  }
  return [...byDate].map(([date, cells]) => ({ date, label: dayLabel(date), cells })).reverse();
}

function dayLabel(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()}`;
}
