import type { ChunkContent } from './chunk';
import { combineCrc32, crc32OfFewBytes } from './crc-combine';

/** What of a chunk a file is made of; enough to know the file before any body is read. */
export type GzipPart = Pick<ChunkContent, 'rawBytes' | 'crcRaw' | 'bodyBytes' | 'crcBody'>;

/** A stitched file: one gzip member (RFC 1952) of header, chunk bodies and trailer. */
export interface GzipFile {
  readonly gzipBytes: number;
  /** CRC-32 of the whole compressed file, as S3's checksum header carries it. */
  readonly crcGzip: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
}

const TRAILER_BYTES = 10;

/** Magic, deflate, no flags, no time, no extra flags, unknown system. */
export const GZIP_HEADER: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** An empty final deflate block (`03 00`), then CRC-32 and length of the lines, both little-endian. */
export function gzipTrailer(crcRaw: number, rawBytes: number): Uint8Array {
  const trailer = new Uint8Array(TRAILER_BYTES);
  const view = new DataView(trailer.buffer);
  view.setUint8(0, 3);
  view.setUint32(2, crcRaw, true);
  // The format keeps the length modulo 2^32; setUint32 does the same.
  view.setUint32(6, rawBytes, true);
  return trailer;
}

/** The length of a stitched file whose bodies have this many bytes in all. */
export function gzipFileBytes(bodyBytes: number): number {
  return GZIP_HEADER.length + bodyBytes + TRAILER_BYTES;
}

/** The file that these chunks make in this order: lengths and both CRCs, from metadata alone. */
export function describeGzipFile(parts: Iterable<GzipPart>): GzipFile {
  let rawBytes = 0;
  let crcRaw = 0;
  let bodyBytes = 0;
  let crcGzip = crc32OfFewBytes(GZIP_HEADER);
  for (const part of parts) {
    crcRaw = combineCrc32(crcRaw, part.crcRaw, part.rawBytes);
    crcGzip = combineCrc32(crcGzip, part.crcBody, part.bodyBytes);
    rawBytes += part.rawBytes;
    bodyBytes += part.bodyBytes;
  }
  crcGzip = combineCrc32(crcGzip, crc32OfFewBytes(gzipTrailer(crcRaw, rawBytes)), TRAILER_BYTES);
  return { gzipBytes: gzipFileBytes(bodyBytes), crcGzip, rawBytes, crcRaw };
}
