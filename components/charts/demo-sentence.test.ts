import { expect, test } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { pointsOf, STEP_MS } from '@/lib/testing/latency-points';
import { demoSentence } from './demo-sentence';

const utc = timeFormat('UTC');
const points = pointsOf([60, 60, 60]);

test('says until when the figures are made up, to the end of the last such step', () => {
  const some = points.map((point, index) => ({ ...point, isDemo: index < 2 }));
  const view = { points: some, stepMs: STEP_MS, to: '2026-11-22T11:14:00.000Z' };
  expect(demoSentence(view, utc)).toBe('Before 22 Nov 11:10 UTC these are demonstration figures.');
});

test('says nothing where all of them were measured', () => {
  expect(demoSentence({ points, stepMs: STEP_MS, to: '2026-11-22T11:14:00.000Z' }, utc)).toBeNull();
});
