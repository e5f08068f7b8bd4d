import { expect, test } from 'vitest';
import type { HourState, HourView } from '@/lib/domain/hour/view';
import { hourTotals, latestHours } from './latest-hours';

const view = (hour: string, type: HourView['type'], state: HourState): HourView => ({
  hour: `2026-11-22T${hour}:00:00.000Z`,
  type,
  state,
  accepted: 0,
  acceptedBy: 'collectors',
  chunkRows: 0,
  delivered: 0,
  pending: 0,
  setAside: 0,
  setAsideCorrupt: 0,
  gap: 0,
  files: 0,
  gzipBytes: 0,
  latencyMaxMs: null,
  isBalanced: true,
});

const hours = latestHours([
  view('11', 'events', 'complete'),
  view('10', 'events', 'complete'),
  view('10', 'sync_aliases', 'gap'),
  view('11', 'sync_aliases', 'quiet'),
]);

test('an hour is as well as its worst data type, and hours stand oldest first', () => {
  expect(hours.map(({ hour, state }) => [hour.slice(11, 13), state])).toEqual([
    ['10', 'gap'],
    ['11', 'complete'],
  ]);
});

test('totals name every state that occurs, the gravest first', () => {
  expect(hourTotals(hours).map(({ text }) => text)).toEqual(['1 gap', '1 complete']);
});
