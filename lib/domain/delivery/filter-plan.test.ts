import { expect, test } from 'vitest';
import { type FilteredFile, filterPlan, type KeptLines } from './filter-plan';
import type { CutPlan, PlannedFile } from './plan-cut';

const HOUR_MS = 3_600_000;

function file(hourMs: number, rows: number): PlannedFile {
  const received = { receivedMinMs: 1, receivedMaxMs: 9, receivedSumMs: 50n };
  const sizes = { rows, rawBytes: rows * 100, crcRaw: 7, bodyBytes: rows * 10 };
  return { hourMs, lo: 0, hi: 5, kind: 'stitched', ...sizes, ...received };
}

const PLAN: CutPlan = {
  lo: 0,
  hi: 5,
  end: 'head',
  rows: 30,
  rawBytes: 3_000,
  bodyBytes: 300,
  files: [file(0, 10), file(HOUR_MS, 20)],
  setAside: [],
};

const KEPT = {
  rows: 4,
  rawBytes: 400,
  crcRaw: 3,
  receivedMinMs: 2,
  receivedMaxMs: 5,
  receivedSumMs: 12n,
};

function left(kept: KeptLines | null): FilteredFile {
  return { kept, corrupt: [] };
}

test('a file holds what the filter leaves; its hour is named with what was set aside', () => {
  const plan = filterPlan(PLAN, [left(KEPT), left({ ...KEPT, rows: 20 })]);
  expect(plan.files).toEqual([
    { ...file(0, 10), ...KEPT, kind: 'recompressed' },
    { ...file(HOUR_MS, 20), ...KEPT, rows: 20, kind: 'recompressed' },
  ]);
  expect(plan.setAside).toEqual([{ hourMs: 0, rows: 6, reason: 'filtered', offsets: [] }]);
});

test('an hour without a matching line becomes no file, and a cut may have none at all', () => {
  expect(filterPlan(PLAN, [left(null), left(KEPT)])).toMatchObject({
    files: [{ hourMs: HOUR_MS, rows: 4 }],
    setAside: [
      { hourMs: 0, rows: 10 },
      { hourMs: HOUR_MS, rows: 16 },
    ],
  });
  expect(filterPlan(PLAN, [left(null), left(null)]).files).toEqual([]);
});

test('the cut still takes whole chunks: the lane moves by all of them', () => {
  const { files, setAside, ...cut } = filterPlan(PLAN, [left(null), left(KEPT)]);
  const { files: _files, setAside: _setAside, ...before } = PLAN;
  expect(cut).toEqual(before);
  const rows = [...files, ...setAside].reduce((sum, part) => sum + part.rows, 0);
  expect(rows).toBe(PLAN.rows);
});

test('a chunk that cannot be read is set aside whole, by its own reason, and the receipt still adds up', () => {
  const chunk = {
    streamId: 1,
    hourMs: 0,
    offset: 3,
    rows: 5,
    rawBytes: 500,
    crcRaw: 1,
    bodyBytes: 50,
    crcBody: 2,
    receivedMinMs: 1,
    receivedMaxMs: 9,
    receivedSumMs: 25n,
    snapshotEnd: false,
    rowsBefore: 0,
    rawBytesBefore: 0,
    bodyBytesBefore: 0,
  };
  const { setAside } = filterPlan(PLAN, [{ kept: KEPT, corrupt: [chunk] }, left({ ...KEPT, rows: 20 })]);
  expect(setAside).toEqual([
    { hourMs: 0, rows: 5, reason: 'corrupt', offsets: [3] },
    { hourMs: 0, rows: 1, reason: 'filtered', offsets: [] },
  ]);
});
