import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { LatencySketch } from './sketch';

/** What a committed cut says about latency. Sums are over rows, in ms, exact; the four delays add up to `sumMs`. */
export interface CutFigures {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  readonly sumMs: bigint;
  readonly maxMs: number;
  readonly waitingMs: bigint;
  readonly batchingMs: bigint;
  readonly uploadingMs: bigint;
  readonly retryingMs: bigint;
  readonly files: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
  /** A LatencySketch of the rows, encoded. */
  readonly sketch: Uint8Array;
}

/** A delivered file of the cut; database times, epoch ms. */
export interface TimedFile {
  readonly lo: number;
  readonly hi: number;
  /** Takes the chunks of this hour; null takes all of lo…hi. */
  readonly hourMs: number | null;
  /** Fewer than its chunks have when lines were filtered out. */
  readonly rows: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
  /** Mark of the attempt that landed. */
  readonly markedAtMs: number;
  readonly deliveredAtMs: number;
}

export interface CutTimes {
  readonly lo: number;
  readonly hi: number;
  readonly sealedAtMs: number;
  /** Of the routing, as they are at the commit. */
  readonly promiseMs: number;
  readonly flushIntervalMs: number;
  readonly files: readonly TimedFile[];
}

type ChunkTimes = Pick<ChunkMeta, 'offset' | 'hourMs' | 'rows' | 'receivedMinMs' | 'receivedSumMs'>;

/**
 * The figures of a cut from its chunks. The rows of a chunk count with the mean of their receipts, 100 ms apart at
 * most; chunks that are in no file count for nothing. Null for a cut without rows.
 */
export function cutFigures(chunks: readonly ChunkTimes[], times: CutTimes): CutFigures | null {
  const sums = { rows: 0, withinRows: 0, sumMs: 0n, maxMs: 0 };
  const delays = { waitingMs: 0n, batchingMs: 0n, uploadingMs: 0n, retryingMs: 0n };
  const sketch = new LatencySketch();
  for (const file of times.files) {
    for (const { chunk, rows } of rowsOf(file, chunks)) {
      const split = splitDelay(receivedSum(chunk, rows), rows, { file, times });
      const meanMs = Number(split.sumMs) / rows;
      sums.rows += rows;
      if (meanMs <= times.promiseMs) sums.withinRows += rows;
      sums.sumMs += split.sumMs;
      sums.maxMs = Math.max(sums.maxMs, file.deliveredAtMs - chunk.receivedMinMs, Math.ceil(meanMs));
      delays.waitingMs += split.waitingMs;
      delays.batchingMs += split.batchingMs;
      delays.uploadingMs += split.uploadingMs;
      delays.retryingMs += split.retryingMs;
      sketch.add(meanMs, rows);
    }
  }
  if (sums.rows === 0) return null;
  return { ...sums, ...delays, ...contentOf(times.files), sketch: sketch.encode() };
}

/** A file's chunks, each with the rows of it that the file holds: of a filtered file an even share. */
function* rowsOf(
  file: TimedFile,
  chunks: readonly ChunkTimes[],
): Generator<{ chunk: ChunkTimes; rows: number }> {
  const own = chunks.filter(
    ({ offset, hourMs }) =>
      offset >= file.lo && offset <= file.hi && (file.hourMs === null || file.hourMs === hourMs),
  );
  const total = own.reduce((sum, chunk) => sum + chunk.rows, 0);
  let before = 0;
  for (const chunk of own) {
    const upTo = before + chunk.rows;
    const rows = Math.floor((file.rows * upTo) / total) - Math.floor((file.rows * before) / total);
    if (rows > 0) yield { chunk, rows };
    before = upTo;
  }
}

function receivedSum(chunk: ChunkTimes, rows: number): bigint {
  return rows === chunk.rows
    ? chunk.receivedSumMs
    : (chunk.receivedSumMs * BigInt(rows)) / BigInt(chunk.rows);
}

/** Where the time of some rows went, summed over them; every part is cut off where the whole ends. */
function splitDelay(
  receivedSumMs: bigint,
  rows: number,
  { file, times }: { file: TimedFile; times: CutTimes },
) {
  const n = BigInt(rows);
  const sumMs = clamp(n * BigInt(file.deliveredAtMs) - receivedSumMs, null);
  const beforeSeal = clamp(n * BigInt(times.sealedAtMs) - receivedSumMs, sumMs);
  const batchingMs = clamp(n * BigInt(times.flushIntervalMs), beforeSeal);
  const retryingMs = clamp(n * BigInt(file.markedAtMs - times.sealedAtMs), sumMs - beforeSeal);
  return {
    sumMs,
    batchingMs,
    waitingMs: beforeSeal - batchingMs,
    retryingMs,
    uploadingMs: sumMs - beforeSeal - retryingMs,
  };
}

function clamp(value: bigint, most: bigint | null): bigint {
  if (value < 0n) return 0n;
  return most !== null && value > most ? most : value;
}

function contentOf(files: readonly TimedFile[]): Pick<CutFigures, 'files' | 'rawBytes' | 'gzipBytes'> {
  return {
    files: files.length,
    rawBytes: files.reduce((sum, file) => sum + file.rawBytes, 0),
    gzipBytes: files.reduce((sum, file) => sum + file.gzipBytes, 0),
  };
}
