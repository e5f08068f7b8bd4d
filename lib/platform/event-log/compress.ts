import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { invariant } from '@/lib/domain/errors';
import { ChunkCorruptError } from './event-log';

export interface DeflatedChunk {
  /** Raw deflate that ends with a sync flush and is not final, so bodies concatenate. */
  readonly body: Buffer;
  readonly crcRaw: number;
  readonly crcBody: number;
}

/** Below this, handing the work to another thread costs more than the work. */
const SYNC_BYTES_MAX = 4 * 1024;

/** What ends the deflate stream that a chunk's body leaves open. */
const FINAL_BLOCK = Buffer.of(3, 0);

const deflateRawAsync = promisify<Buffer, object, Buffer>(deflateRaw);
const inflateRawAsync = promisify<Buffer, object, Buffer>(inflateRaw);

/** Compresses a chunk's lines, off the main thread unless they are few. An empty chunk is refused. */
export async function deflateChunk(raw: Buffer, level: number): Promise<DeflatedChunk> {
  invariant(raw.length > 0, 'a chunk has at least one line');
  const options = { level, finishFlush: constants.Z_SYNC_FLUSH };
  const body =
    raw.length <= SYNC_BYTES_MAX ? deflateRawSync(raw, options) : await deflateRawAsync(raw, options);
  return { body, crcRaw: crc32(raw), crcBody: crc32(body) };
}

/**
 * The lines of a chunk, in a buffer of the caller's own; off the main thread unless they are few. Throws
 * `ChunkCorruptError` when they are not what the metadata says, in length or CRC-32.
 */
export async function inflateChunk(meta: ChunkMeta, body: Buffer): Promise<Buffer> {
  const { rawBytes, crcRaw, offset, streamId } = meta;
  const sealed = Buffer.concat([body, FINAL_BLOCK]);
  const options = { maxOutputLength: rawBytes };
  let lines: Buffer | null = null;
  let cause: unknown;
  try {
    lines =
      rawBytes <= SYNC_BYTES_MAX ? inflateRawSync(sealed, options) : await inflateRawAsync(sealed, options);
  } catch (error) {
    cause = error;
  }
  if (lines?.length === rawBytes && crc32(lines) === crcRaw) return lines;
  throw new ChunkCorruptError(
    `The inflated lines of chunk ${offset} of stream ${streamId} do not match its length and CRC-32`,
    { cause },
  );
}
