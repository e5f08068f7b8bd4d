import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';

/** What a sparkline shows, in words: its range, its newest hour and what is missing. */
export function sparklineSentence(values: readonly (number | null)[], promiseMs: number): string {
  const known = values.filter((value) => value !== null);
  const promise = `promise ${formatDuration(promiseMs)}`;
  if (known.length === 0) return `Nothing was delivered in 24 hours, ${promise}`;
  const [least, most] = [formatDuration(Math.min(...known)), formatDuration(Math.max(...known))];
  const range = least === most ? least : `${least} to ${most}`;
  const newest = values.at(-1) ?? null;
  const last = newest === null ? 'nothing this hour' : `${formatDuration(newest)} this hour`;
  const missing = values.length - known.length;
  const gaps = missing === 0 ? '' : `, ${formatCountOf(missing, 'hour')} without deliveries`;
  return `p95 by hour: ${range}, ${last}${gaps}, ${promise}`;
}
