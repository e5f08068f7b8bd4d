import { describeGzipFile, type GzipFile } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { ChunkCorruptError, type EventLog } from '@/lib/platform/event-log/event-log';
import type { FileGzip, RecompressedFile } from '@/lib/platform/event-log/recompress';
import { bodiesOf, isChunkOf, readingBytes, selectedLinesOf } from './chunks-of-file';

const RECOMPRESS_LEVEL = 6;

export interface BodyDeps {
  readonly log: EventLog;
  readonly gzip: FileGzip;
}

/** The bytes to send and their CRC-32. */
export interface FileBody {
  readonly bytes: Buffer;
  readonly crc32: number;
}

/**
 * The file as it would be stitched of whole chunks, from metadata: its length bounds every kind of file. Throws
 * ChunkCorruptError when the chunks are not those that were sealed; of a filtered file only its body tells.
 */
export async function describeFile(log: EventLog, file: SealedFile): Promise<GzipFile> {
  const chunks = (await log.scan(file.streamId, file.lo, file.hi - file.lo + 1)).filter(isChunkOf(file));
  const described = describeGzipFile(chunks);
  const rows = chunks.reduce((total, chunk) => total + chunk.rows, 0);
  const isAsSealed =
    rows === file.rows && described.rawBytes === file.rawBytes && described.crcRaw === file.crcRaw;
  if (!isAsSealed && file.eventNames.length === 0) throw notAsSealed(file);
  return described;
}

/** What making the file takes of the process's memory at most, bytes. */
export function memoryOf(file: SealedFile, described: GzipFile): number {
  if (file.eventNames.length === 0) return described.gzipBytes;
  return Math.min(described.gzipBytes, deflatedBytesMax(file.rawBytes)) + readingBytes(described);
}

/** Deflate grows what it cannot shrink by five bytes per block of 16 KB, and a gzip member by its frame. */
function deflatedBytesMax(rawBytes: number): number {
  return rawBytes + Math.ceil(rawBytes / 1_000) + 64;
}

/** Reads the file's bodies from the log and makes the file of them, as its seal says; throws as the log's `read` does. */
export async function buildBody(deps: BodyDeps, file: SealedFile, described: GzipFile): Promise<FileBody> {
  if (file.eventNames.length > 0) return toBody(await filtered(deps, file));
  if (file.kind === 'recompressed') {
    return toBody(await deps.gzip.recompress(bodiesOf(deps.log, file), file, RECOMPRESS_LEVEL));
  }
  const stitch = new Stitch(described);
  for await (const body of bodiesOf(deps.log, file)) stitch.add(body);
  return { bytes: stitch.finish(), crc32: described.crcGzip };
}

async function filtered({ log, gzip }: BodyDeps, file: SealedFile): Promise<RecompressedFile> {
  let rows = 0;
  async function* lines() {
    for await (const selected of selectedLinesOf(log, file)) {
      rows += selected.rows;
      yield selected.lines;
    }
  }
  const made = await gzip.gzipLines(lines(), file, RECOMPRESS_LEVEL);
  if (rows !== file.rows) throw notAsSealed(file);
  return made;
}

function toBody({ bytes, crcGzip }: RecompressedFile): FileBody {
  return { bytes, crc32: crcGzip };
}

function notAsSealed(file: SealedFile): ChunkCorruptError {
  return new ChunkCorruptError(`The chunks of file ${file.fileId} are not those that were sealed`);
}
