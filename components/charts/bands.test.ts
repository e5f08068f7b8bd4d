import { describe, expect, it } from 'vitest';
import type { LatencyPoint, StateSpan } from '@/lib/domain/latency/view';
import { MINUTE_MS, pointsOf, START_MS, STEP_MS } from '@/lib/testing/latency-points';
import { chartBands } from './bands';

const span = (fromMin: number, toMin: number, label: StateSpan['label']): StateSpan => ({
  from: new Date(START_MS + fromMin * MINUTE_MS).toISOString(),
  to: new Date(START_MS + toMin * MINUTE_MS).toISOString(),
  label,
});

function bandsOf(points: readonly LatencyPoint[], states: readonly StateSpan[]) {
  const bands = chartBands({
    points,
    states,
    stepMs: STEP_MS,
    promiseMs: 300_000,
    flushIntervalMs: MINUTE_MS,
  });
  const minute = (ms: number) => (ms - START_MS) / MINUTE_MS;
  return bands.map(({ kind, fromMs, toMs }) => [kind, minute(fromMs), minute(toMs)]);
}

const delivering = [span(0, 60, 'delivering')];

describe('chartBands', () => {
  it('has nothing to add to an ordinary range', () => {
    expect(bandsOf(pointsOf([60, 60, 60, 60]), delivering)).toEqual([]);
  });

  it('marks a pause from its first to its last moment, not by steps', () => {
    const states = [
      span(0, 7, 'delivering'),
      span(7, 8, 'pausing'),
      span(8, 18, 'paused'),
      span(18, 30, 'delivering'),
    ];
    expect(bandsOf(pointsOf([60, null, null, null, 60, 60]), states)).toEqual([['paused', 7, 18]]);
  });

  it('calls a long emptiness of a healthy routing no traffic, and a short one nothing', () => {
    expect(bandsOf(pointsOf([60, null, null, 60]), delivering)).toEqual([]);
    expect(bandsOf(pointsOf([60, null, null, null, 60]), delivering)).toEqual([['quiet', 5, 20]]);
  });

  it('does not call emptiness no traffic where something stands in the way', () => {
    const states = [span(0, 5, 'delivering'), span(5, 60, 'blocked')];
    expect(bandsOf(pointsOf([60, null, null, null]), states)).toEqual([['held', 5, 20]]);
    expect(bandsOf(pointsOf([60, null, null, 60]), states)).toEqual([]);
  });

  it('tells what nobody measured from what had not begun', () => {
    const states = [span(5, 10, 'starting'), span(10, 20, 'unknown')];
    expect(bandsOf(pointsOf([null, null, null, null]), states)).toEqual([
      ['unstarted', 0, 10],
      ['unmeasured', 10, 20],
    ]);
  });

  it('marks where p99 is over the promise, and not where it just meets it', () => {
    expect(bandsOf(pointsOf([300, 301, 302, 60]), delivering)).toEqual([['breach', 5, 15]]);
  });

  it('marks demonstration figures', () => {
    const points = pointsOf([60, 60, 60]).map((point, index) => ({ ...point, isDemo: index < 2 }));
    expect(bandsOf(points, delivering)).toEqual([['demo', 0, 10]]);
  });

  it('gives a step the label that covers most of it', () => {
    const states = [span(0, 6, 'delivering'), span(6, 20, 'blocked')];
    expect(bandsOf(pointsOf([60, null, null, null]), states)).toEqual([['held', 5, 20]]);
  });
});
