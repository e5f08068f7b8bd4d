import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { ChunkCorruptError } from '@/lib/platform/event-log/event-log';
import { type LineDeps, runsOf, selectOf } from './chunks-of-file';

const LINE_FEED = 0x0a;

/**
 * Those of the chunks whose stored bytes are not what their metadata says: in length, in CRC-32 as stored or inflated,
 * in the number of lines; for a filter also one with a line that is not JSON. Looks at every chunk, one at a time in
 * memory beyond a page of bodies. Throws `ChunkMissingError` for a hole.
 */
export async function findCorrupt(
  deps: LineDeps,
  chunks: readonly ChunkMeta[],
  eventNames: readonly string[],
): Promise<ChunkMeta[]> {
  const names = new Set(eventNames);
  const corrupt: ChunkMeta[] = [];
  for (let at = 0; at < chunks.length; ) {
    const good = await countGood(deps, chunks.slice(at), names);
    at += good;
    const suspect = chunks[at];
    if (suspect === undefined) break;
    // The log may refuse a whole page for one chunk of it: blame none that is good by itself.
    if ((await countGood(deps, [suspect], names)) === 0) corrupt.push(suspect);
    at += 1;
  }
  return corrupt;
}

/** How many of the chunks are good from the first on. */
async function countGood(
  deps: LineDeps,
  chunks: readonly ChunkMeta[],
  names: ReadonlySet<string>,
): Promise<number> {
  let good = 0;
  try {
    for (const { lo, hi } of runsOf(chunks)) {
      for await (const { meta, body } of deps.log.read(chunks[0]?.streamId ?? 0, lo, hi)) {
        await checkLines(deps, { meta, body }, names);
        good += 1;
      }
    }
  } catch (err) {
    if (!(err instanceof ChunkCorruptError)) throw err;
  }
  return good;
}

async function checkLines(
  { gzip }: LineDeps,
  { meta, body }: { meta: ChunkMeta; body: Buffer },
  names: ReadonlySet<string>,
): Promise<void> {
  const lines = await gzip.inflateChunk(meta, body);
  if (countLines(lines) !== meta.rows || lines.at(-1) !== LINE_FEED) {
    throw new ChunkCorruptError(
      `Chunk ${meta.offset} of stream ${meta.streamId} does not hold ${meta.rows} lines`,
    );
  }
  if (names.size > 0) selectOf(meta, lines, names);
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(LINE_FEED); at >= 0; at = lines.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
