import { describe, expect, it } from 'vitest';
import { pointsOf, START_MS, STEP_MS } from '@/lib/testing/latency-points';
import { plotPoints } from './plot-points';

describe('plotPoints', () => {
  it('stands in the middle of its step', () => {
    expect(plotPoints(pointsOf([60]), STEP_MS)[0]).toMatchObject({
      atMs: START_MS,
      midMs: START_MS + STEP_MS / 2,
    });
  });

  it('breaks every line where nothing was delivered', () => {
    const gap = plotPoints(pointsOf([60, 60, null, 60, 60]), STEP_MS)[2];
    expect(gap).toMatchObject({ p50: null, p95: null, p99: null, p50Dot: null, p95Dot: null, p99Dot: null });
  });

  it('draws a p99 of fewer than 20 events as dots, not as a line', () => {
    const few = plotPoints(pointsOf([60, 60, 60], 19), STEP_MS);
    expect(few.map(({ p99, p99Dot }) => [p99, p99Dot])).toEqual(Array(3).fill([null, 60_000]));
    const enough = plotPoints(pointsOf([60, 60, 60], 20), STEP_MS);
    expect(enough.map(({ p99, p99Dot }) => [p99, p99Dot])).toEqual(Array(3).fill([60_000, null]));
  });

  it('shows a step between empty ones, of which no line could be drawn', () => {
    const alone = plotPoints(pointsOf([null, 60, null]), STEP_MS)[1];
    expect(alone).toMatchObject({ p50Dot: 20_000, p95Dot: 30_000, p99Dot: 60_000 });
  });
});
