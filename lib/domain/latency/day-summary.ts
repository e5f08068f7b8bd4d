import { DAY_MS } from '@/lib/domain/time-units';
import type { LatencyFigures, LatencyView } from './view';

export type Arrivals = Pick<LatencyFigures, 'rows' | 'withinRows'>;

/** What the last 24 hours come to. */
export interface DaySummary extends Arrivals {
  readonly p99Ms: number | null;
  /** Since midnight UTC. */
  readonly today: Arrivals;
  /** Some of it is made up for the demonstration. */
  readonly hasDemo: boolean;
}

/** The summary of a view over the last 24 hours. */
export function daySummary({ points, total, to }: Pick<LatencyView, 'points' | 'total' | 'to'>): DaySummary {
  const midnight = midnightBefore(Date.parse(to));
  const { rows, withinRows, p99Ms } = total;
  const today = sumOf(points.filter(({ at }) => Date.parse(at) >= midnight));
  return { rows, withinRows, p99Ms, today, hasDemo: points.some(({ isDemo }) => isDemo) };
}

/** The midnight in UTC with which the day of a moment began; epoch ms. */
export function midnightBefore(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

/** What arrived in several parts of a day, together. */
export function sumOf(parts: readonly Arrivals[]): Arrivals {
  let [rows, withinRows] = [0, 0];
  for (const part of parts) {
    rows += part.rows;
    withinRows += part.withinRows;
  }
  return { rows, withinRows };
}
