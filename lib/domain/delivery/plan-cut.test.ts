import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { combineCrc32 } from '@/lib/domain/chunk/crc-combine';
import { CUT_LIMITS } from './cut-limits';
import { planCut } from './plan-cut';

const HOUR = 3_600_000;
const START = 1_768_485_600_000;

interface Shape {
  readonly hour?: number;
  readonly rows?: number;
  readonly rawBytes?: number;
  readonly bodyBytes?: number;
  readonly snapshotEnd?: boolean;
}

function chunks(shapes: readonly Shape[], from = 7): ChunkMeta[] {
  return shapes.map((shape, i) => {
    const hourMs = START + (shape.hour ?? 0) * HOUR;
    const rows = shape.rows ?? 1;
    return {
      streamId: 1,
      offset: from + i,
      hourMs,
      rows,
      rawBytes: shape.rawBytes ?? 20_000,
      crcRaw: 1_000 + i,
      bodyBytes: shape.bodyBytes ?? 100,
      crcBody: 2_000 + i,
      receivedMinMs: hourMs + i,
      receivedMaxMs: hourMs + i + 10,
      receivedSumMs: BigInt(hourMs + i) * BigInt(rows),
      snapshotEnd: shape.snapshotEnd ?? false,
      rowsBefore: 0,
      rawBytesBefore: 0,
      bodyBytesBefore: 0,
    };
  });
}

describe('planCut', () => {
  test('nothing to cut is no cut', () => {
    expect(planCut([], 'events', CUT_LIMITS)).toBeNull();
  });

  test('one hour up to the head is one file with the totals of its chunks', () => {
    const given = chunks([
      { rows: 2, rawBytes: 50_000, bodyBytes: 10 },
      { rows: 3, rawBytes: 60_000, bodyBytes: 20 },
    ]);
    expect(planCut(given, 'events', CUT_LIMITS)).toEqual({
      lo: 7,
      hi: 8,
      end: 'head',
      rows: 5,
      rawBytes: 110_000,
      bodyBytes: 30,
      files: [
        {
          hourMs: START,
          lo: 7,
          hi: 8,
          kind: 'stitched',
          rows: 5,
          rawBytes: 110_000,
          crcRaw: combineCrc32(1_000, 1_001, 60_000),
          bodyBytes: 30,
          receivedMinMs: START,
          receivedMaxMs: START + 11,
          receivedSumMs: BigInt(START) * 2n + BigInt(START + 1) * 3n,
        },
      ],
      setAside: [],
    });
  });

  test('hours that interleave become one file each, over their own chunks only', () => {
    const plan = planCut(chunks([{ hour: 0 }, { hour: 1 }, { hour: 0 }, { hour: 1 }]), 'events', CUT_LIMITS);
    expect(plan?.files.map(({ hourMs, lo, hi, rows }) => ({ hourMs, lo, hi, rows }))).toEqual([
      { hourMs: START, lo: 7, hi: 9, rows: 2 },
      { hourMs: START + HOUR, lo: 8, hi: 10, rows: 2 },
    ]);
  });

  test.each([
    ['body_bytes', { bodyBytes: 12 * 1024 * 1024 }, 2],
    ['raw_bytes', { rawBytes: 200 * 1024 * 1024 }, 2],
  ] as const)('ends before the chunk that breaks the limit %s', (end, shape, taken) => {
    const plan = planCut(chunks([shape, shape, shape]), 'events', CUT_LIMITS);
    expect(plan).toMatchObject({ end, lo: 7, hi: 6 + taken });
  });

  test('ends at 20,000 chunks', () => {
    const plan = planCut(chunks(Array.from({ length: 20_001 }, () => ({}))), 'events', CUT_LIMITS);
    expect(plan).toMatchObject({ end: 'chunks', lo: 7, hi: 20_006 });
  });

  test('ends before the 33rd hour', () => {
    const plan = planCut(chunks(Array.from({ length: 40 }, (_, hour) => ({ hour }))), 'events', CUT_LIMITS);
    expect(plan).toMatchObject({ end: 'files', hi: 38 });
    expect(plan?.files).toHaveLength(32);
  });

  test('a first chunk beyond every limit is still taken, so a lane never stands still', () => {
    const plan = planCut(chunks([{ bodyBytes: 64 * 1024 * 1024 }, {}]), 'events', CUT_LIMITS);
    expect(plan).toMatchObject({ end: 'body_bytes', lo: 7, hi: 7 });
  });

  test('thin chunks are recompressed, from an average of 16 KiB raw on they are stitched', () => {
    const kindOf = (rawBytes: number) =>
      planCut(chunks([{ rawBytes }, { rawBytes }]), 'events', CUT_LIMITS)?.files[0]?.kind;
    expect(kindOf(16 * 1024 - 1)).toBe('recompressed');
    expect(kindOf(16 * 1024)).toBe('stitched');
  });

  test('every chunk up to the end lies in exactly one file, and the totals agree', () => {
    const shape = fc.record({
      hour: fc.integer({ min: 0, max: 40 }),
      rows: fc.integer({ min: 1, max: 9 }),
      rawBytes: fc.integer({ min: 1, max: 300_000 }),
      bodyBytes: fc.integer({ min: 1, max: 2_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 80 }), (shapes) => {
        const given = chunks(shapes);
        const plan = planCut(given, 'events', CUT_LIMITS);
        if (plan === null) throw new Error('no plan');
        const taken = given.filter((chunk) => chunk.offset <= plan.hi);
        for (const file of plan.files) {
          const own = taken.filter(
            (chunk) => chunk.hourMs === file.hourMs && chunk.offset >= file.lo && chunk.offset <= file.hi,
          );
          expect(own.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(file.rows);
        }
        expect(plan.files.reduce((sum, file) => sum + file.rows, 0)).toBe(plan.rows);
        expect(plan.files.reduce((sum, file) => sum + file.bodyBytes, 0)).toBe(plan.bodyBytes);
        expect(plan.end === 'head').toBe(plan.hi === given.at(-1)?.offset);
        expect(plan.bodyBytes <= CUT_LIMITS.bodyBytesMax || plan.lo === plan.hi).toBe(true);
        expect(plan.files.length).toBeLessThanOrEqual(CUT_LIMITS.filesMax);
      }),
    );
  });
});

describe('planCut of segments', () => {
  const end = { snapshotEnd: true };

  test('a snapshot without its end waits', () => {
    expect(planCut(chunks([{}, {}]), 'segment', CUT_LIMITS)).toBeNull();
  });

  test('the newest complete snapshot is one unpartitioned file; older ones are covered and in none', () => {
    const given = chunks([{}, end, {}, end, {}]);
    const plan = planCut(given, 'segment', CUT_LIMITS);
    expect(plan).toMatchObject({ lo: 7, hi: 10, rows: 4 });
    expect(plan?.files.map(({ hourMs, lo, hi, rows }) => ({ hourMs, lo, hi, rows }))).toEqual([
      { hourMs: null, lo: 9, hi: 10, rows: 2 },
    ]);
    expect(plan?.setAside).toEqual([{ hourMs: START, rows: 2, reason: 'superseded', offsets: [] }]);
  });

  test('a snapshot that crosses an hour stays one file', () => {
    const plan = planCut(chunks([{ hour: 0 }, { hour: 1, snapshotEnd: true }]), 'segment', CUT_LIMITS);
    expect(plan?.files).toHaveLength(1);
  });
});
