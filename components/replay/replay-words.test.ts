import { expect, test } from 'vitest';
import type { ReplayCounts, ReplayPlan } from '@/lib/domain/replay/view';
import { lookSentence, outcomeSentence, planNotes, planSentence, replayStatus } from './replay-words';

const none: ReplayCounts = {
  pending: 0,
  present: 0,
  missing: 0,
  restored: 0,
  copied: 0,
  conflict: 0,
  failed: 0,
  not_kept: 0,
};
const now = new Date('2026-11-22T12:00:00Z');
const plan: ReplayPlan = {
  mode: 'fill',
  types: ['events'],
  from: '2026-11-22T03:00:00.000Z',
  to: '2026-11-22T04:00:00.000Z',
  place: null,
  files: 61,
  rows: 517_204,
  gzipBytes: 140_000_000,
  notKept: { files: 0, rows: 0 },
  worksFrom: null,
  leftAlone: { pendingFiles: 0, pendingRows: 0, setAsideRows: 0, gapRows: 0 },
};

test('a plan says what it is about, and what a replay leaves alone', () => {
  expect(planSentence(plan)).toBe('61 files, 517,204 events, 140 MB.');
  expect(planNotes(plan, now)).toEqual([]);
  const notes = planNotes(
    {
      ...plan,
      types: ['events', 'segment'],
      notKept: { files: 1, rows: 5 },
      worksFrom: '2026-11-22T04:00:00.000Z',
      leftAlone: { pendingFiles: 1, pendingRows: 1, setAsideRows: 2, gapRows: 3 },
    },
    now,
  );
  expect(notes.map((note) => note.split(/[,:]/)[0])).toEqual([
    '1 row still being delivered',
    '1 file can no longer be written again',
    '2 rows set aside',
    '3 rows lost in a recorded gap',
  ]);
  expect(notes[1]).toContain('From 22 Nov 04:00 UTC on it works.');
});

test('a look says how far it is, and then what a replay would do', () => {
  expect(lookSentence({ files: 61, counts: { ...none, present: 20, pending: 41 } })).toBe(
    'Looking into the bucket: 20 of 61 files.',
  );
  expect(lookSentence({ files: 61, counts: { ...none, present: 58, missing: 3 } })).toBe(
    '58 already there with the same content, 3 would be written, 0 differ.',
  );
  expect(lookSentence({ files: 3, counts: { ...none, conflict: 1, not_kept: 1, failed: 1 } })).toBe(
    '0 already there with the same content, 0 would be written, 1 differs, 1 missing and no longer kept, 1 could not be looked at.',
  );
});

test('an outcome counts what there is', () => {
  expect(outcomeSentence({ files: 4, counts: { ...none, restored: 3, conflict: 1 } })).toBe(
    '4 files: 3 restored, 1 in conflict.',
  );
});

test('a replay that left something undone does not look fine', () => {
  const done = { state: 'done', isPaused: false, heldCause: null, counts: none } as const;
  expect(replayStatus(done).tone).toBe('good');
  expect(replayStatus({ ...done, counts: { ...none, conflict: 1 } }).tone).toBe('bad');
  expect(replayStatus({ ...done, counts: { ...none, not_kept: 1 } }).tone).toBe('warn');
  expect(replayStatus({ ...done, state: 'running' }).word).toBe('Running');
  expect(replayStatus({ ...done, state: 'running', heldCause: 'bucket_missing' }).word).toBe('Waiting');
  expect(replayStatus({ ...done, state: 'running', isPaused: true }).word).toBe('Paused');
  expect(replayStatus({ ...done, state: 'cancelled' }).word).toBe('Cancelled');
});
