import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createGzip, createInflateRaw } from 'node:zlib';
import { inflateChunk } from './compress';
import { ChunkCorruptError } from './event-log';

export interface RecompressedFile {
  /** One gzip member. */
  readonly bytes: Buffer;
  readonly crcGzip: number;
}

/** The empty final deflate block that ends a run of chunk bodies. */
const FINAL_BLOCK = Buffer.of(3, 0);

export interface ExpectedLines {
  readonly rawBytes: number;
  readonly crcRaw: number;
}

/**
 * Thin traffic: inflates chunk bodies, in order, and compresses all their lines again as one gzip member, off the
 * main thread. Throws `ChunkCorruptError` when the lines differ from `expected`, in length or CRC-32.
 */
export function recompress(
  bodies: Iterable<Buffer> | AsyncIterable<Buffer>,
  expected: ExpectedLines,
  level: number,
): Promise<RecompressedFile> {
  return gzipStages([Readable.from(thenFinalBlock(bodies)), createInflateRaw()], expected, level);
}

/** Compresses lines, in order, as one gzip member, off the main thread. Throws as `recompress` does. */
export function gzipLines(
  lines: AsyncIterable<Buffer>,
  expected: ExpectedLines,
  level: number,
): Promise<RecompressedFile> {
  return gzipStages([Readable.from(lines)], expected, level);
}

/** How lines come out of chunks and into the files that are not stitched. */
export interface FileGzip {
  readonly inflateChunk: typeof inflateChunk;
  readonly recompress: typeof recompress;
  readonly gzipLines: typeof gzipLines;
}

export const STREAMED_GZIP: FileGzip = { inflateChunk, recompress, gzipLines };

async function gzipStages(
  stages: readonly (Readable | Transform)[],
  expected: ExpectedLines,
  level: number,
): Promise<RecompressedFile> {
  let rawBytes = 0;
  let crcRaw = 0;
  const measure = new Transform({
    transform(lines: Buffer, _encoding, done) {
      rawBytes += lines.length;
      crcRaw = crc32(lines, crcRaw);
      done(rawBytes > expected.rawBytes ? mismatch() : null, lines);
    },
  });
  const parts: Buffer[] = [];
  const collect = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  try {
    await pipeline([...stages, measure, createGzip({ level }), collect]);
  } catch (cause) {
    throw isDeflateError(cause) ? mismatch(cause) : cause;
  }
  if (rawBytes !== expected.rawBytes || crcRaw !== expected.crcRaw) throw mismatch();
  const bytes = Buffer.concat(parts);
  return { bytes, crcGzip: crc32(bytes) };
}

async function* thenFinalBlock(bodies: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* bodies;
  yield FINAL_BLOCK;
}

/** Bodies that are no deflate stream at all fail by zlib's own codes. */
function isDeflateError(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
}

function mismatch(cause?: unknown): ChunkCorruptError {
  return new ChunkCorruptError('The lines do not match the length and CRC-32 that were recorded of them', {
    cause,
  });
}
