import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { invariant } from '@/lib/domain/errors';

export interface DeflatedChunk {
  /** Raw deflate that ends with a sync flush and is not final, so bodies concatenate. */
  readonly body: Buffer;
  readonly crcRaw: number;
  readonly crcBody: number;
}

/** Below this, handing the work to another thread costs more than the work. */
const SYNC_BYTES_MAX = 4 * 1024;

const deflateRawAsync = promisify<Buffer, object, Buffer>(deflateRaw);

/** Compresses a chunk's lines, off the main thread unless they are few. An empty chunk is refused. */
export async function deflateChunk(raw: Buffer, level: number): Promise<DeflatedChunk> {
  invariant(raw.length > 0, 'a chunk has at least one line');
  const options = { level, finishFlush: constants.Z_SYNC_FLUSH };
  const body =
    raw.length <= SYNC_BYTES_MAX ? deflateRawSync(raw, options) : await deflateRawAsync(raw, options);
  return { body, crcRaw: crc32(raw), crcBody: crc32(body) };
}
