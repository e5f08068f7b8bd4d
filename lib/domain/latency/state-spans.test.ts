import { expect, test } from 'vitest';
import { stateSpans } from './state-spans';

const iso = (ms: number) => new Date(ms).toISOString();
const range = { fromMs: 1_000, toMs: 9_000, first: 'delivering' as const };

test('without a change the first label fills the range', () => {
  expect(stateSpans([], range)).toEqual([{ from: iso(1_000), to: iso(9_000), label: 'delivering' }]);
});

test('each change begins a span, and a change to the same label none', () => {
  const changes = [
    { atMs: 3_000, from: 'delivering', to: 'blocked' } as const,
    { atMs: 4_000, from: 'blocked', to: 'blocked' } as const,
    { atMs: 5_000, from: 'blocked', to: 'delivering' } as const,
  ];
  expect(stateSpans(changes, range)).toEqual([
    { from: iso(1_000), to: iso(3_000), label: 'delivering' },
    { from: iso(3_000), to: iso(5_000), label: 'blocked' },
    { from: iso(5_000), to: iso(9_000), label: 'delivering' },
  ]);
});

test('a label that was left in the moment it began has no span', () => {
  const changes = [
    { atMs: 1_000, from: 'delivering', to: 'pausing' } as const,
    { atMs: 1_000, from: 'pausing', to: 'paused' } as const,
  ];
  expect(stateSpans(changes, range)).toEqual([{ from: iso(1_000), to: iso(9_000), label: 'paused' }]);
});
