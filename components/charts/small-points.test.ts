import { expect, test } from 'vitest';
import { pointsOf, START_MS, STEP_MS } from '@/lib/testing/latency-points';
import { smallPoints } from './small-points';

test('throughput is events a minute, also in steps of other lengths', () => {
  expect(smallPoints(pointsOf([60]), STEP_MS, [])[0]?.perMinute).toBe(20);
});

test('a step that was measured and empty is zero, one that nobody measured is not', () => {
  const bands = [{ kind: 'unmeasured', fromMs: START_MS + STEP_MS, toMs: START_MS + 2 * STEP_MS }] as const;
  const [measured, not] = smallPoints(pointsOf([null, null]), STEP_MS, bands);
  expect([measured?.files, not?.files]).toEqual([0, null]);
});

test('errors are counted by class and in all, and no bar is drawn of none', () => {
  const [point] = pointsOf([60]);
  const [small] = smallPoints([{ ...point!, errors: { access: 2, other: 1 } }], STEP_MS, []);
  expect(small).toMatchObject({ access: 2, throttled: null, other: 1, errors: 3 });
});
