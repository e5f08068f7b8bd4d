import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/domain/time-units';
import { DEFAULT_RANGE, type LatencyRange, RANGE_SHAPE } from './range';
import { HOURS_KEPT_MS, MINUTES_KEPT_MS, type RollupGrain } from './rollup';

const POINTS_MAX = 360;

/** Widths that a point may have; each divides a UTC day, or is made of whole ones. */
const STEPS_MS = [MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, DAY_MS, 2 * DAY_MS];

/** A series: points at fromMs, fromMs + stepMs, … before toMs; all epoch ms, the points on UTC boundaries. */
export interface LatencyWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  /** The roll-ups that it is read from. */
  readonly grain: RollupGrain;
}

/** The window of a range that ends now, or of [from, to) as far as it is past; the last point may be under way. */
export function chooseWindow(
  wanted: {
    readonly range?: LatencyRange | undefined;
    readonly from?: number | undefined;
    readonly to?: number | undefined;
  },
  nowMs: number,
): LatencyWindow {
  const { from, to } = wanted;
  if (from === undefined || to === undefined) {
    const { spanMs, stepMs } = RANGE_SHAPE[wanted.range ?? DEFAULT_RANGE];
    const lastMs = Math.floor(nowMs / stepMs) * stepMs;
    return { fromMs: lastMs + stepMs - spanMs, toMs: nowMs, stepMs, grain: grainOf(stepMs) };
  }
  const stepMs = chooseStep(from, to, nowMs);
  const fromMs = Math.floor(from / stepMs) * stepMs;
  return { fromMs, toMs: Math.max(from, Math.min(to, nowMs)), stepMs, grain: grainOf(stepMs) };
}

function chooseStep(from: number, to: number, nowMs: number): number {
  const agoMs = nowMs - from;
  const finest = agoMs > HOURS_KEPT_MS ? DAY_MS : agoMs > MINUTES_KEPT_MS ? HOUR_MS : MINUTE_MS;
  const fits = STEPS_MS.find((stepMs) => stepMs >= finest && pointsOf(from, to, stepMs) <= POINTS_MAX);
  return fits ?? 2 * DAY_MS;
}

function pointsOf(from: number, to: number, stepMs: number): number {
  return Math.ceil(to / stepMs) - Math.floor(from / stepMs);
}

function grainOf(stepMs: number): RollupGrain {
  if (stepMs >= DAY_MS) return 'day';
  return stepMs >= HOUR_MS ? 'hour' : 'minute';
}
