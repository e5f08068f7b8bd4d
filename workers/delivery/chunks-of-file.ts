import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { type SelectedLines, selectLines } from '@/lib/domain/event/select-lines';
import { inflateChunk } from '@/lib/platform/event-log/compress';
import { ChunkCorruptError, type EventLog } from '@/lib/platform/event-log/event-log';

/** Which chunks a file is made of, and which lines of them. */
export type FileSource = Pick<SealedFile, 'streamId' | 'hourMs' | 'lo' | 'hi' | 'eventNames'>;

const PAGE_AND_LINES_BYTES = 10 * 1024 * 1024;

/** What looking into lines takes of memory at once: a page of bodies and one chunk's lines. */
export function readingBytes(chunks: { readonly rawBytes: number }): number {
  return Math.min(PAGE_AND_LINES_BYTES, 2 * chunks.rawBytes);
}

/** Whether a chunk of lo…hi is one of the file's: those of other hours lie between. */
export function isChunkOf(file: Pick<FileSource, 'hourMs'>): (chunk: ChunkMeta) => boolean {
  return (chunk) => file.hourMs === null || chunk.hourMs === file.hourMs;
}

/** The bodies of the file's own chunks, in order. */
export async function* bodiesOf(log: EventLog, file: FileSource): AsyncGenerator<Buffer> {
  for await (const { body } of chunksOf(log, file)) yield body;
}

/**
 * The lines of the file's own chunks that its filter lets through, in order, chunk by chunk; no more than a page of
 * bodies and one chunk's lines are in memory. The same at every call: it depends on chunks and filter alone.
 * Throws as the log's `read` does.
 */
export async function* selectedLinesOf(log: EventLog, file: FileSource): AsyncGenerator<SelectedLines> {
  const names = new Set(file.eventNames);
  for await (const { meta, body } of chunksOf(log, file)) {
    const selected = select(meta, await inflateChunk(meta, body), names);
    if (selected !== null) yield selected;
  }
}

async function* chunksOf(log: EventLog, file: FileSource) {
  const isOwn = isChunkOf(file);
  for await (const chunk of log.read(file.streamId, file.lo, file.hi)) {
    if (isOwn(chunk.meta)) yield chunk;
  }
}

function select(meta: ChunkMeta, lines: Buffer, names: ReadonlySet<string>): SelectedLines | null {
  try {
    return selectLines(lines, names, meta.receivedMinMs);
  } catch (cause) {
    throw new ChunkCorruptError(
      `Chunk ${meta.offset} of stream ${meta.streamId} holds a line that is not JSON`,
      {
        cause,
      },
    );
  }
}
