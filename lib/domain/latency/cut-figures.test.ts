import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CutTimes, cutFigures, type TimedFile } from './cut-figures';
import { LatencySketch } from './sketch';

const T0 = 1_768_485_600_000;

function chunk(offset: number, rows: number, receivedMs: number, hourMs = 0) {
  return {
    offset,
    hourMs,
    rows,
    receivedMinMs: receivedMs,
    receivedSumMs: BigInt(rows) * BigInt(receivedMs),
  };
}

function file(given: Partial<TimedFile> = {}): TimedFile {
  const content = { rows: 10, rawBytes: 1_000, gzipBytes: 100 };
  const times = { markedAtMs: T0 + 60_000, deliveredAtMs: T0 + 61_000 };
  return { lo: 0, hi: 0, hourMs: 0, ...content, ...times, ...given };
}

function times(given: Partial<CutTimes> = {}): CutTimes {
  const terms = { sealedAtMs: T0 + 60_000, promiseMs: 300_000, flushIntervalMs: 60_000 };
  return { lo: 0, hi: 0, ...terms, files: [file()], ...given };
}

function rowsIn(sketch: Uint8Array): number {
  const decoded = new LatencySketch();
  decoded.mergeEncoded(sketch);
  return decoded.rows;
}

describe('where the time of a row goes', () => {
  test('gathering up to the flush interval, then the upload', () => {
    const figures = cutFigures([chunk(0, 10, T0)], times());
    expect(figures).toMatchObject({
      rows: 10,
      withinRows: 10,
      sumMs: 610_000n,
      maxMs: 61_000,
      waitingMs: 0n,
      batchingMs: 600_000n,
      uploadingMs: 10_000n,
      retryingMs: 0n,
      files: 1,
      rawBytes: 1_000,
      gzipBytes: 100,
    });
  });

  test('what lay longer than the flush interval before the seal waited', () => {
    const figures = cutFigures([chunk(0, 10, T0 - 3_600_000)], times());
    expect(figures).toMatchObject({ waitingMs: 36_000_000n, batchingMs: 600_000n, withinRows: 0 });
  });

  test('attempts that failed and their back-off are between the seal and the mark of the one that landed', () => {
    const retried = file({ markedAtMs: T0 + 100_000, deliveredAtMs: T0 + 101_000 });
    expect(cutFigures([chunk(0, 10, T0)], times({ files: [retried] }))).toMatchObject({
      batchingMs: 600_000n,
      retryingMs: 400_000n,
      uploadingMs: 10_000n,
    });
  });

  test('a cut that another process finished hours later counts those hours', () => {
    const recovered = file({ markedAtMs: T0 + 7_200_000, deliveredAtMs: T0 + 7_201_000 });
    expect(cutFigures([chunk(0, 10, T0)], times({ files: [recovered] }))).toMatchObject({
      withinRows: 0,
      maxMs: 7_201_000,
      retryingMs: 71_400_000n,
      uploadingMs: 10_000n,
    });
  });

  test('clocks that disagree never make a delay negative', () => {
    const early = file({ markedAtMs: T0 - 50, deliveredAtMs: T0 - 100 });
    expect(cutFigures([chunk(0, 10, T0)], times({ files: [early] }))).toMatchObject({
      rows: 10,
      sumMs: 0n,
      maxMs: 0,
      uploadingMs: 0n,
    });
  });
});

describe('which rows count', () => {
  test('the chunks of a superseded snapshot are in no file and count for nothing', () => {
    const snapshot = file({ lo: 2, hi: 3, hourMs: null, rows: 6 });
    const chunks = [chunk(0, 5, T0), chunk(1, 5, T0), chunk(2, 3, T0), chunk(3, 3, T0, 3_600_000)];
    expect(cutFigures(chunks, times({ hi: 3, files: [snapshot] }))).toMatchObject({ rows: 6 });
  });

  test('each chunk counts with the file of its own hour', () => {
    const chunks = [chunk(0, 4, T0, 0), chunk(1, 5, T0, 3_600_000), chunk(2, 6, T0, 0)];
    const files = [
      file({ hi: 2, rows: 10, deliveredAtMs: T0 + 61_000 }),
      file({ lo: 1, hi: 1, hourMs: 3_600_000, rows: 5, deliveredAtMs: T0 + 400_000 }),
    ];
    expect(cutFigures(chunks, times({ hi: 2, files }))).toMatchObject({
      rows: 15,
      withinRows: 10,
      files: 2,
      maxMs: 400_000,
    });
  });

  test('of a filtered file exactly its own rows count, spread over its chunks', () => {
    const chunks = [chunk(0, 7, T0), chunk(1, 7, T0 - 1_000), chunk(2, 7, T0 - 2_000)];
    const figures = cutFigures(chunks, times({ hi: 2, files: [file({ hi: 2, rows: 5 })] }));
    expect(figures!.rows).toBe(5);
    expect(rowsIn(figures!.sketch)).toBe(5);
  });

  test('a cut without files has no figures', () => {
    expect(cutFigures([chunk(0, 10, T0)], times({ files: [] }))).toBeNull();
  });
});

test('whatever the times, the four delays add up to the latency and every row is counted once', () => {
  const instant = fc.integer({ min: -100_000, max: 10_000_000 });
  const cut = fc.record({
    chunks: fc.array(fc.record({ rows: fc.integer({ min: 1, max: 5_000 }), at: instant }), {
      minLength: 1,
      maxLength: 20,
    }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    sealed: instant,
    marked: instant,
    delivered: instant,
  });
  fc.assert(
    fc.property(cut, ({ chunks, share, sealed, marked, delivered }) => {
      const total = chunks.reduce((sum, one) => sum + one.rows, 0);
      const rows = Math.max(1, Math.floor(total * share));
      const only = file({
        hi: chunks.length - 1,
        rows,
        markedAtMs: T0 + marked,
        deliveredAtMs: T0 + delivered,
      });
      const figures = cutFigures(
        chunks.map((one, offset) => chunk(offset, one.rows, T0 + one.at)),
        times({ sealedAtMs: T0 + sealed, files: [only] }),
      )!;
      const { waitingMs, batchingMs, uploadingMs, retryingMs, sumMs } = figures;
      expect(waitingMs + batchingMs + uploadingMs + retryingMs).toBe(sumMs);
      for (const delay of [waitingMs, batchingMs, uploadingMs, retryingMs]) expect(delay >= 0n).toBe(true);
      expect([figures.rows, rowsIn(figures.sketch)]).toEqual([rows, rows]);
      expect(figures.maxMs * rows).toBeGreaterThanOrEqual(Number(sumMs));
    }),
  );
});
