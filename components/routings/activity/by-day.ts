import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { ActivityView } from '@/lib/domain/routing/view';

interface ActivityDay {
  /** "22 Nov", with the year where it is not this one. */
  readonly day: string;
  readonly activity: readonly ActivityView[];
}

/** A time line in the days of the reader's zone; a day that comes again later is not joined. */
export function byDay(
  activity: readonly ActivityView[],
  format: Pick<TimeFormat, 'exact' | 'day'>,
  now: Date,
): ActivityDay[] {
  const days: { day: string; activity: ActivityView[] }[] = [];
  const year = (at: Date) => format.exact(at).split(' ')[2] ?? '';
  for (const line of activity) {
    const at = new Date(line.at);
    const day = year(at) === year(now) ? format.day(at) : `${format.day(at)} ${year(at)}`;
    const last = days.at(-1);
    if (last?.day === day) last.activity.push(line);
    else days.push({ day, activity: [line] });
  }
  return days;
}
