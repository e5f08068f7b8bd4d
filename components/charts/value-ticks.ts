import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/domain/time-units';

const DURATION_STEPS_MS = [
  ...[100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * HOUR_MS),
];

const INTERVALS_MAX = 5;

/** Ticks from 0 to a round value at or above `max`, at most six; the last one is the top of the axis. */
export function durationTicks(maxMs: number): readonly number[] {
  const step = DURATION_STEPS_MS.find((candidate) => maxMs / candidate <= INTERVALS_MAX);
  return upTo(maxMs, step ?? Math.ceil(maxMs / INTERVALS_MAX / HOUR_MS) * HOUR_MS);
}

/** Like `durationTicks`, for integers: steps of 1, 2 or 5 times a power of ten; `intervalsMax` where there is little room. */
export function countTicks(max: number, intervalsMax = INTERVALS_MAX): readonly number[] {
  const rough = Math.max(1, max / intervalsMax);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((candidate) => candidate >= rough - 1e-9);
  return upTo(max, step ?? 10 * power);
}

function upTo(max: number, step: number): readonly number[] {
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
