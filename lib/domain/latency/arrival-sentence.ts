import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import type { Arrivals, DaySummary } from './day-summary';

/**
 * "Today 99.98 % of 12,408,113 events arrived within 5 minutes." Where nothing came since midnight UTC, the last 24 hours
 * are told instead. Null where nothing came in them either. Figures made up for the demonstration are said to be there.
 */
export function arrivalSentence(day: DaySummary, promiseMs: number): string | null {
  const isToday = day.today.rows > 0;
  if (!isToday && day.rows === 0) return null;
  const said = isToday
    ? sentence('Today', day.today, promiseMs)
    : sentence('In the last 24 hours', day, promiseMs);
  return day.hasDemo ? `${said} Demonstration figures are among them.` : said;
}

function sentence(when: string, { rows, withinRows }: Arrivals, promiseMs: number): string {
  const share = formatShare(withinRows, rows);
  return `${when} ${share} of ${formatCountOf(rows, 'event')} arrived within ${promiseWords(promiseMs)}.`;
}

/** "5 minutes" in prose; what is no whole number of minutes as durations are written elsewhere. */
function promiseWords(promiseMs: number): string {
  const minutes = promiseMs / 60_000;
  return Number.isInteger(minutes) ? formatCountOf(minutes, 'minute') : formatDuration(promiseMs);
}
