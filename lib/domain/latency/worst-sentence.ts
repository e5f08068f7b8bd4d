import { formatDuration } from '@/lib/domain/format/duration';
import { formatRoughShare } from '@/lib/domain/format/share';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import { longestPart } from './delay-parts';
import { stepStart } from './step-name';
import type { LatencyPoint, LatencyView } from './view';

/** Below this a p99 says more about one event than about the step. */
export const QUANTILE_ROWS_MIN = 20;

/**
 * "Worst at 11:04: p99 2 min 12 s, 84 % of it uploading." Of steps with enough rows; of all of them where none has
 * enough. Null where nothing was delivered.
 */
export function worstSentence(
  view: Pick<LatencyView, 'points' | 'from' | 'to' | 'stepMs'>,
  time: TimeFormat,
): string | null {
  const solid = view.points.filter(({ rows }) => rows >= QUANTILE_ROWS_MIN);
  const worst = slowest(solid) ?? slowest(view.points);
  if (worst === null || worst.p99Ms === null) return null;
  const spanMs = Date.parse(view.to) - Date.parse(view.from);
  const at = stepStart(Date.parse(worst.at), { spanMs, stepMs: view.stepMs }, time);
  const when = view.stepMs >= 86_400_000 ? `on ${at}` : `at ${at}`;
  return `Worst ${when}: p99 ${formatDuration(worst.p99Ms)}${cause(worst)}.`;
}

function slowest(points: readonly LatencyPoint[]): LatencyPoint | null {
  return points.reduce<LatencyPoint | null>(
    (worst, point) => (point.p99Ms !== null && point.p99Ms > (worst?.p99Ms ?? -1) ? point : worst),
    null,
  );
}

/** The split is a mean over the rows of the step, so a share of it is what can be said honestly. */
function cause({ split }: LatencyPoint): string {
  const longest = split === null ? null : longestPart(split);
  if (longest === null) return '';
  return `, ${formatRoughShare(longest.part.ms, longest.totalMs)} of it ${longest.part.name}`;
}
