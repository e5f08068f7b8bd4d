import { expect, test } from 'vitest';
import { revisionOf } from './revision';

const routing = {
  id: 'a',
  version: 1,
  label: 'delivering',
  stateSince: '2026-11-22T14:00:00.000Z',
  healthCause: null,
  drainUntil: null,
  lastFile: { id: 'f', key: 'k', rows: 1, deliveredAt: '2026-11-22T14:00:00.000Z' },
} as const;

test('the same routings have the same revision', () => {
  expect(revisionOf([{ ...routing }])).toBe(revisionOf([routing]));
});

test.each([
  ['version', { version: 2 }],
  ['label', { label: 'late' }],
  ['cause', { healthCause: 'SlowDown' }],
  ['since', { stateSince: '2026-11-22T14:00:01.000Z' }],
  ['last file', { lastFile: { ...routing.lastFile, id: 'g' } }],
] as const)('another %s is another revision', (_, change) => {
  expect(revisionOf([{ ...routing, ...change }])).not.toBe(revisionOf([routing]));
});

test('a routing more, or another order, is another revision', () => {
  const other = { ...routing, id: 'b' };
  const revisions = [[], [routing], [routing, other], [other, routing]].map((list) => revisionOf(list));
  expect(new Set(revisions).size).toBe(4);
});

test('a new file is no news for a list of several routings', () => {
  const other = { ...routing, id: 'b' };
  expect(revisionOf([routing, { ...other, lastFile: null }])).toBe(revisionOf([routing, other]));
});
