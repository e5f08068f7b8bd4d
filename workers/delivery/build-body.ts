import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { describeGzipFile, type GzipFile } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { ChunkCorruptError, type EventLog } from '@/lib/platform/event-log/event-log';
import { recompress } from '@/lib/platform/event-log/recompress';

const RECOMPRESS_LEVEL = 6;

/** The bytes to send and their CRC-32. */
export interface FileBody {
  readonly bytes: Buffer;
  readonly crc32: number;
}

/** The file as it would be stitched, from metadata; throws ChunkCorruptError when it is not what was sealed. */
export async function describeFile(log: EventLog, file: SealedFile): Promise<GzipFile> {
  const chunks = (await log.scan(file.streamId, file.lo, file.hi - file.lo + 1)).filter(isOf(file));
  const described = describeGzipFile(chunks);
  const rows = chunks.reduce((total, chunk) => total + chunk.rows, 0);
  if (rows !== file.rows || described.rawBytes !== file.rawBytes || described.crcRaw !== file.crcRaw) {
    throw new ChunkCorruptError(`The chunks of file ${file.fileId} are not those that were sealed`);
  }
  return described;
}

/** Reads the file's bodies from the log and makes the file of them, as its seal says; throws as the log's `read` does. */
export async function buildBody(log: EventLog, file: SealedFile, described: GzipFile): Promise<FileBody> {
  if (file.kind === 'recompressed') {
    const { bytes, crcGzip } = await recompress(bodiesOf(log, file), file, RECOMPRESS_LEVEL);
    return { bytes, crc32: crcGzip };
  }
  const stitch = new Stitch(described);
  for await (const body of bodiesOf(log, file)) stitch.add(body);
  return { bytes: stitch.finish(), crc32: described.crcGzip };
}

/** The bodies of the file's own chunks, in order. */
async function* bodiesOf(log: EventLog, file: SealedFile): AsyncGenerator<Buffer> {
  const isOwn = isOf(file);
  for await (const { meta, body } of log.read(file.streamId, file.lo, file.hi)) {
    if (isOwn(meta)) yield body;
  }
}

function isOf(file: SealedFile): (chunk: ChunkMeta) => boolean {
  return (chunk) => file.hourMs === null || chunk.hourMs === file.hourMs;
}
