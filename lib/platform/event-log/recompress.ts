import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createGzip, createInflateRaw } from 'node:zlib';
import { ChunkCorruptError } from './event-log';

export interface RecompressedFile {
  /** One gzip member. */
  readonly bytes: Buffer;
  readonly crcGzip: number;
}

/** The empty final deflate block that ends a run of chunk bodies. */
const FINAL_BLOCK = Buffer.of(3, 0);

/**
 * Thin traffic: inflates chunk bodies, in order, and compresses all their lines again as one gzip member, off the
 * main thread. Throws `ChunkCorruptError` when the lines differ from `expected`, in length or CRC-32.
 */
export async function recompress(
  bodies: Iterable<Buffer> | AsyncIterable<Buffer>,
  expected: { readonly rawBytes: number; readonly crcRaw: number },
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
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const part of source) parts.push(part);
  };
  const input = Readable.from(thenFinalBlock(bodies));
  await pipeline(input, createInflateRaw(), measure, createGzip({ level }), collect);
  if (rawBytes !== expected.rawBytes || crcRaw !== expected.crcRaw) throw mismatch();
  const bytes = Buffer.concat(parts);
  return { bytes, crcGzip: crc32(bytes) };
}

async function* thenFinalBlock(bodies: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* bodies;
  yield FINAL_BLOCK;
}

function mismatch(): ChunkCorruptError {
  return new ChunkCorruptError('The inflated lines do not match the length and CRC-32 of their chunks');
}
