import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import type { LatencyFigures, LatencyView } from './view';

type Arrivals = Pick<LatencyFigures, 'rows' | 'withinRows'>;

/**
 * "Today 99.98 % of 12,408,113 events arrived within 5 min." Today begins at midnight UTC; where nothing came since, the
 * last 24 hours are told instead. `view` covers the last 24 hours. Null where nothing came in them.
 */
export function arrivalSentence(
  view: Pick<LatencyView, 'points' | 'total' | 'promiseMs' | 'to'>,
): string | null {
  const midnight = Math.floor(Date.parse(view.to) / 86_400_000) * 86_400_000;
  const today = sum(view.points.filter(({ at }) => Date.parse(at) >= midnight));
  if (today.rows > 0) return sentence('Today', today, view.promiseMs);
  return view.total.rows > 0 ? sentence('In the last 24 hours', view.total, view.promiseMs) : null;
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

function sum(points: readonly Arrivals[]): Arrivals {
  return points.reduce<Arrivals>(
    (total, { rows, withinRows }) => ({
      rows: total.rows + rows,
      withinRows: total.withinRows + withinRows,
    }),
    { rows: 0, withinRows: 0 },
  );
}
