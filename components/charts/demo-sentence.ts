import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { LatencyView } from '@/lib/domain/latency/view';

/** "Before 22 Nov 14:00 UTC these are demonstration figures."; null where all of them were measured. */
export function demoSentence(
  { points, stepMs, to }: Pick<LatencyView, 'points' | 'stepMs' | 'to'>,
  time: TimeFormat,
): string | null {
  const last = points.findLast(({ isDemo }) => isDemo);
  if (last === undefined) return null;
  const now = new Date(to);
  const until = new Date(Math.min(now.getTime(), Date.parse(last.at) + stepMs));
  return `Before ${time.minute(until, now)} these are demonstration figures.`;
}
