import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { describeGzipFile, type GzipFile } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { ChunkCorruptError, type EventLog } from '@/lib/platform/event-log/event-log';
import type { RecompressedFile } from '@/lib/platform/event-log/recompress';
import {
  bodiesOf,
  type LineDeps,
  type LineSource,
  type Run,
  readingBytes,
  runsOf,
  scanOwnChunks,
  selectedLinesOf,
} from './chunks-of-file';

const RECOMPRESS_LEVEL = 6;

/** The bytes to send and their CRC-32. */
export interface FileBody {
  readonly bytes: Buffer;
  readonly crc32: number;
}

/** A file from metadata, with where its chunks are. */
export interface DescribedFile extends GzipFile {
  readonly runs: readonly Run[];
}

/**
 * The file as it would be stitched of whole chunks, from metadata: its length bounds every kind of file. Throws
 * ChunkCorruptError when the chunks are not those that were sealed; of a filtered file only its body tells.
 */
export async function describeFile(log: EventLog, file: SealedFile): Promise<DescribedFile> {
  const chunks = await scanOwnChunks(log, file);
  const described = describeGzipFile(chunks);
  if (!isAsSealed(file, chunks, described)) throw notAsSealed(file);
  return { ...described, runs: runsOf(chunks) };
}

/** Whether a file's chunks are, by their metadata, those that were sealed; true for a filtered one. */
export function isAsSealed(file: SealedFile, chunks: readonly ChunkMeta[], described: GzipFile): boolean {
  const rows = chunks.reduce((total, chunk) => total + chunk.rows, 0);
  return (
    file.eventNames.length > 0 ||
    (rows === file.rows && described.rawBytes === file.rawBytes && described.crcRaw === file.crcRaw)
  );
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
export async function buildBody(
  deps: LineDeps,
  file: SealedFile,
  described: DescribedFile,
): Promise<FileBody> {
  const { streamId, eventNames, kind } = file;
  const source = { streamId, eventNames, runs: described.runs };
  if (eventNames.length > 0) return toBody(await filtered(deps, file, source));
  if (kind === 'recompressed') {
    return toBody(await deps.gzip.recompress(bodiesOf(deps.log, source), file, RECOMPRESS_LEVEL));
  }
  const stitch = new Stitch(described);
  for await (const body of bodiesOf(deps.log, source)) stitch.add(body);
  return { bytes: stitch.finish(), crc32: described.crcGzip };
}

async function filtered(deps: LineDeps, file: SealedFile, source: LineSource): Promise<RecompressedFile> {
  let rows = 0;
  async function* lines() {
    for await (const selected of selectedLinesOf(deps, source)) {
      rows += selected.rows;
      yield selected.lines;
    }
  }
  const made = await deps.gzip.gzipLines(lines(), file, RECOMPRESS_LEVEL);
  if (rows !== file.rows) throw notAsSealed(file);
  return made;
}

function toBody({ bytes, crcGzip }: RecompressedFile): FileBody {
  return { bytes, crc32: crcGzip };
}

function notAsSealed(file: SealedFile): ChunkCorruptError {
  return new ChunkCorruptError(`The chunks of file ${file.fileId} are not those that were sealed`);
}
