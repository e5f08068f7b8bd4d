import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { type SelectedLines, selectLines } from '@/lib/domain/event/select-lines';
import { ChunkCorruptError, ChunkMissingError, type EventLog } from '@/lib/platform/event-log/event-log';
import type { FileGzip } from '@/lib/platform/event-log/recompress';

/** Through what bodies and lines are read. */
export interface LineDeps {
  readonly log: EventLog;
  readonly gzip: FileGzip;
}

/** Chunks lo…hi, inclusive, with none between that is not meant. */
export interface Run {
  readonly lo: number;
  readonly hi: number;
}

/** Whose chunks, and which lines of them. */
export interface LineSource {
  readonly streamId: number;
  readonly runs: readonly Run[];
  /** Empty takes every line. */
  readonly eventNames: readonly string[];
}

const PAGE_AND_LINES_BYTES = 10 * 1024 * 1024;

/** What looking into lines takes of memory at once: a page of bodies and one chunk's lines. */
export function readingBytes(chunks: { readonly rawBytes: number }): number {
  return Math.min(PAGE_AND_LINES_BYTES, 2 * chunks.rawBytes);
}

/** The chunks that a file is made of, from metadata: of lo…hi those of its hour that were not set aside. */
export async function scanOwnChunks(
  log: EventLog,
  file: Pick<SealedFile, 'streamId' | 'hourMs' | 'lo' | 'hi' | 'leftOut'>,
): Promise<ChunkMeta[]> {
  const count = file.hi - file.lo + 1;
  const chunks = await log.scan(file.streamId, file.lo, count);
  if (chunks.length < count) {
    throw new ChunkMissingError(`Stream ${file.streamId} has no chunk ${file.lo + chunks.length}`);
  }
  const leftOut = new Set(file.leftOut);
  return chunks.filter(
    ({ hourMs, offset }) => (file.hourMs === null || file.hourMs === hourMs) && !leftOut.has(offset),
  );
}

/** The same chunks as runs: nothing else is read, so a chunk of another file cannot spoil this one. */
export function runsOf(chunks: readonly Pick<ChunkMeta, 'offset'>[]): Run[] {
  const runs: { lo: number; hi: number }[] = [];
  for (const { offset } of chunks) {
    const last = runs.at(-1);
    if (last !== undefined && last.hi + 1 === offset) last.hi = offset;
    else runs.push({ lo: offset, hi: offset });
  }
  return runs;
}

/** The bodies of the chunks, in order. Throws as the log's `read` does. */
export async function* bodiesOf(log: EventLog, source: LineSource): AsyncGenerator<Buffer> {
  for await (const { body } of chunksOf(log, source)) yield body;
}

/**
 * The lines of the chunks that the filter lets through, in order, chunk by chunk; no more than a page of bodies and one
 * chunk's lines are in memory. The same at every call: it depends on chunks and filter alone.
 * Throws as the log's `read` does.
 */
export async function* selectedLinesOf(deps: LineDeps, source: LineSource): AsyncGenerator<SelectedLines> {
  const names = new Set(source.eventNames);
  for await (const { meta, body } of chunksOf(deps.log, source)) {
    const selected = selectOf(meta, await deps.gzip.inflateChunk(meta, body), names);
    if (selected !== null) yield selected;
  }
}

async function* chunksOf(log: EventLog, { streamId, runs }: LineSource) {
  for (const { lo, hi } of runs) yield* log.read(streamId, lo, hi);
}

/** What a filter lets through of a chunk's lines, which it may move; throws `ChunkCorruptError` where one is not JSON. */
export function selectOf(meta: ChunkMeta, lines: Buffer, names: ReadonlySet<string>): SelectedLines | null {
  try {
    return selectLines(lines, names, meta.receivedMinMs);
  } catch (cause) {
    throw new ChunkCorruptError(
      `Chunk ${meta.offset} of stream ${meta.streamId} holds a line that is not JSON`,
      { cause },
    );
  }
}
