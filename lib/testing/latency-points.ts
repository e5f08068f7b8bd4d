import type { LatencyPoint } from '@/lib/domain/latency/view';

export const MINUTE_MS = 60_000;
/** Steps of the fixtures begin here, five minutes apart. */
export const START_MS = Date.parse('2026-11-22T11:00:00.000Z');
export const STEP_MS = 5 * MINUTE_MS;

/** Steps of 100 rows with these p99 in seconds; null is a step in which nothing was delivered. */
export function pointsOf(p99Seconds: readonly (number | null)[], rows = 100): LatencyPoint[] {
  return p99Seconds.map((seconds, index) => {
    const at = new Date(START_MS + index * STEP_MS).toISOString();
    return seconds === null ? { ...EMPTY, at } : { ...filled(seconds * 1_000, rows), at };
  });
}

const EMPTY: Omit<LatencyPoint, 'at'> = {
  rows: 0,
  withinRows: 0,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  maxMs: null,
  split: null,
  files: 0,
  rawBytes: 0,
  gzipBytes: 0,
  errors: {},
  isDemo: false,
};

function filled(p99Ms: number, rows: number): Omit<LatencyPoint, 'at'> {
  return {
    ...EMPTY,
    rows,
    withinRows: rows,
    p50Ms: p99Ms / 3,
    p95Ms: p99Ms / 2,
    p99Ms,
    maxMs: p99Ms + 1_000,
    split: { waitingMs: 0, batchingMs: p99Ms / 4, uploadingMs: p99Ms / 4, retryingMs: 0 },
    files: 1,
    rawBytes: rows * 900,
    gzipBytes: rows * 200,
  };
}
