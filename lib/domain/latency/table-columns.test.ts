import { expect, test } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { pointsOf, STEP_MS } from '@/lib/testing/latency-points';
import { LATENCY_COLUMNS, latencyCsv } from './table-columns';

const points = pointsOf([60, null]).map((point) => ({ ...point, errors: { access: 3 } }));
const shape = { stepMs: STEP_MS, time: timeFormat('UTC') };

test('the file has a row for every step and a cell for every column of the table', () => {
  const lines = latencyCsv({ points }).trimEnd().split('\r\n');
  expect(lines).toHaveLength(points.length + 1);
  for (const line of lines) expect(line.split(',')).toHaveLength(LATENCY_COLUMNS.length);
});

test('the file holds plain numbers, and nothing where nothing was measured', () => {
  const [, filled, empty] = latencyCsv({ points }).split('\r\n');
  expect(filled).toBe('2026-11-22T11:00:00.000Z,100,100,20000,30000,60000,61000,1,20000,3,0,0,0,false');
  expect(empty).toBe('2026-11-22T11:05:00.000Z,0,0,,,,,0,0,3,0,0,0,false');
});

test('the table says the same in words', () => {
  const row = LATENCY_COLUMNS.map(({ text }) => text(points[0]!, shape));
  expect(row.slice(0, 7)).toEqual([
    '22 Nov 11:00–11:05',
    '100',
    '100 %',
    '20 s',
    '30 s',
    '1 min',
    '1 min 1 s',
  ]);
  expect(LATENCY_COLUMNS.map(({ text }) => text(points[1]!, shape)).slice(2, 6)).toEqual([
    '–',
    '–',
    '–',
    '–',
  ]);
});
