import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { RecentGapsView, RoutingView } from '@/lib/domain/routing/view';

interface Reader {
  readonly time: TimeFormat;
  readonly now: Date;
}

/** When what waits begins to be lost, or that it does so already. Null when nothing was announced. */
export function retentionSentence(
  {
    retentionNotice,
    keptUntil,
    pendingRows,
  }: Pick<RoutingView, 'retentionNotice' | 'keptUntil' | 'pendingRows'>,
  { time, now }: Reader,
): string | null {
  if (retentionNotice === null || keptUntil === null || pendingRows === 0) return null;
  const until = new Date(keptUntil);
  const leftMs = until.getTime() - now.getTime();
  const waiting = `${formatCountOf(pendingRows, 'event')} wait${pendingRows === 1 ? 's' : ''}`;
  if (leftMs <= 0)
    return `${waiting}, and since ${time.minute(until, now)} the oldest of them are past the time for which they are held: they are lost hour by hour until delivery works again.`;
  return `${waiting}. From ${time.minute(until, now)} on (in ${formatDuration(leftMs)}) the oldest of them are lost, hour by hour, unless they are delivered before.`;
}

/** What was lost lately, of when, and whether it may exist after all. */
export function recentGapsSentence(gaps: RecentGapsView, { time, now }: Reader): string {
  const { rows, count, firstReceivedAt, lastReceivedAt, lastRecordedAt, mayExist } = gaps;
  const of =
    firstReceivedAt === null || lastReceivedAt === null
      ? ''
      : `, received ${time.minute(new Date(firstReceivedAt), now)} to ${time.minute(new Date(lastReceivedAt), now)},`;
  const last = time.minute(new Date(lastRecordedAt), now);
  const recorded =
    count === 1
      ? `recorded as a gap at ${last}`
      : `recorded as ${formatCountOf(count, 'gap')}, the last one at ${last}`;
  const exists = mayExist ? ' Some may lie in the bucket all the same: an answer was lost.' : '';
  return `${formatCountOf(rows, 'event')}${of} will not be delivered: ${recorded}.${exists}`;
}
