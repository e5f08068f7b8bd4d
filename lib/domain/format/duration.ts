import { SECOND_MS } from '@/lib/domain/time-units';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** How long something took or is late: 0.4 s, 41 s, 7 min 10 s, 2 h 5 min, 3 d 4 h. */
export function formatDuration(ms: number): string {
  const clamped = Math.max(0, ms);
  if (clamped > 0 && clamped < 950) return `${Math.max(0.1, Math.round(clamped / 100) / 10)} s`;
  const seconds = Math.round(clamped / SECOND_MS);
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return pair([seconds, MINUTE_S, 'min'], [1, 's']);
  if (seconds < DAY_S) return pair([seconds, HOUR_S, 'h'], [MINUTE_S, 'min']);
  return pair([seconds, DAY_S, 'd'], [HOUR_S, 'h']);
}

/** How long ago something was, in its largest unit: 41 s, 34 min, 5 h, 2 d. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  return `${Math.floor(seconds / DAY_S)} d`;
}

function pair(
  [seconds, large, largeUnit]: readonly [number, number, string],
  [small, smallUnit]: readonly [number, string],
): string {
  const rest = Math.floor((seconds % large) / small);
  const head = `${Math.floor(seconds / large)} ${largeUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}
