import { once } from 'node:events';
import { constants, createGunzip } from 'node:zlib';

/** What the beginning of a gzip file holds. */
export interface Unpacked {
  readonly bytes: Buffer;
  /** Everything that the given bytes hold was unpacked. */
  readonly isWhole: boolean;
}

/**
 * Unpacks the beginning of a gzip file, at most `bytesMax` of it, and stops there: a file of nothing but zeros costs no
 * more than any other. Throws the error of zlib for bytes that are no gzip.
 */
export async function unpackStart(packed: Buffer, bytesMax: number): Promise<Unpacked> {
  // By a sync flush what ends in the middle is no error.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 16 * 1_024 });
  const parts: Buffer[] = [];
  let length = 0;
  const ended = once(gunzip, 'close');
  gunzip.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length > bytesMax) gunzip.destroy();
  });
  gunzip.end(packed);
  await ended;
  return { bytes: Buffer.concat(parts).subarray(0, bytesMax), isWhole: length <= bytesMax };
}
