import { expect, test } from 'vitest';
import type { StateSpan } from '@/lib/domain/latency/view';
import { stripSpans, stripTotals } from './strip-spans';

const at = (ms: number) => new Date(ms).toISOString();
const states: readonly StateSpan[] = [
  { from: at(0), to: at(400), label: 'delivering' },
  { from: at(400), to: at(500), label: 'late' },
  { from: at(500), to: at(2_000), label: 'delivering' },
];

test('spans are cut at the edges of what is shown', () => {
  const spans = stripSpans(states, 200, 1_200);
  expect(spans.map(({ label, leftPercent, widthPercent }) => [label, leftPercent, widthPercent])).toEqual([
    ['delivering', 0, 20],
    ['late', 20, 10],
    ['delivering', 30, 70],
  ]);
  expect(stripSpans(states, 3_000, 4_000)).toEqual([]);
});

test('totals add up what one status lasted in all, longest first', () => {
  expect(stripTotals(stripSpans(states, 200, 1_200))).toEqual([
    { label: 'delivering', ms: 900 },
    { label: 'late', ms: 100 },
  ]);
});
