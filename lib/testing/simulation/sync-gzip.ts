import { constants, crc32, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import type { deflateChunk } from '@/lib/platform/event-log/compress';
import { ChunkCorruptError } from '@/lib/platform/event-log/event-log';
import type { ExpectedLines, FileGzip, RecompressedFile } from '@/lib/platform/event-log/recompress';

const FINAL_BLOCK = Buffer.of(3, 0);

/** What collection and delivery compress, in one step: threads would come back whenever they like. */
export const syncDeflate: typeof deflateChunk = async (raw, level) => {
  const body = deflateRawSync(raw, {
    level,
    memLevel: 4,
    windowBits: 12,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return { body, crcRaw: crc32(raw), crcBody: crc32(body) };
};

export const SYNC_GZIP: FileGzip = {
  inflateChunk: async ({ rawBytes, crcRaw, offset }, body) => {
    const lines = inflate([body]);
    if (lines?.length === rawBytes && crc32(lines) === crcRaw) return lines;
    throw new ChunkCorruptError(`The inflated lines of chunk ${offset} do not match its length and CRC-32`);
  },
  recompress: async (bodies, expected) => {
    const lines = inflate(await collect(bodies));
    if (lines === null) throw new ChunkCorruptError('The bodies do not inflate');
    return pack(lines, expected);
  },
  gzipLines: async (lines, expected) => pack(Buffer.concat(await collect(lines)), expected),
};

function inflate(bodies: readonly Buffer[]): Buffer | null {
  try {
    return inflateRawSync(Buffer.concat([...bodies, FINAL_BLOCK]));
  } catch {
    return null;
  }
}

function pack(lines: Buffer, { rawBytes, crcRaw }: ExpectedLines): RecompressedFile {
  if (lines.length !== rawBytes || crc32(lines) !== crcRaw) {
    throw new ChunkCorruptError('The lines do not match the length and CRC-32 that were recorded of them');
  }
  const bytes = gzipSync(lines, { level: 1, memLevel: 4, windowBits: 12 });
  return { bytes, crcGzip: crc32(bytes) };
}

async function collect(parts: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Buffer[]> {
  const collected: Buffer[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}
