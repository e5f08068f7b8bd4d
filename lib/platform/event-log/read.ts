import { crc32 } from 'node:zlib';
import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import type { Sql } from '@/lib/platform/sql';
import { ChunkCorruptError, ChunkMissingError } from './event-log';
import { scanChunks } from './scan';

export interface ReadChunk {
  readonly meta: ChunkMeta;
  readonly body: Buffer;
}

/** The most body bytes of one page; a single larger chunk makes a page of its own. */
const PAGE_BYTES_MAX = 8 * 1024 * 1024;
const SCAN_CHUNKS = 2_000;

// Text format: the driver's binary mode corrupts bytea.
const BODIES = `SELECT "offset", body FROM log.chunk
  WHERE stream_id = $1 AND "offset" BETWEEN $2 AND $3 ORDER BY "offset"`;

/**
 * Chunks lo..hi (inclusive) with their bodies, in order, at most 8 MB of them in memory at once. Throws
 * `ChunkMissingError` for a hole and `ChunkCorruptError` when length or CRC-32 of a body differ from its row.
 */
export async function* readChunks(
  sql: Sql,
  streamId: number,
  range: { lo: number; hi: number },
): AsyncGenerator<ReadChunk> {
  for (let from = range.lo; from <= range.hi; ) {
    const limitChunks = Math.min(SCAN_CHUNKS, range.hi - from + 1);
    const metas = await scanChunks(sql, streamId, { from, limitChunks });
    if (metas.length < limitChunks)
      throw new ChunkMissingError(`Stream ${streamId} has no chunk ${from + metas.length}`);
    for (const page of toPages(metas)) yield* readPage(sql, streamId, page);
    from += metas.length;
  }
}

function* toPages(metas: readonly ChunkMeta[]): Generator<ChunkMeta[]> {
  let page: ChunkMeta[] = [];
  let bytes = 0;
  for (const meta of metas) {
    if (page.length > 0 && bytes + meta.bodyBytes > PAGE_BYTES_MAX) {
      yield page;
      page = [];
      bytes = 0;
    }
    page.push(meta);
    bytes += meta.bodyBytes;
  }
  if (page.length > 0) yield page;
}

async function* readPage(sql: Sql, streamId: number, page: readonly ChunkMeta[]): AsyncGenerator<ReadChunk> {
  const lo = page[0]?.offset;
  const hi = page.at(-1)?.offset;
  const { rows } = await sql.query<{ offset: number; body: Buffer }>(BODIES, [streamId, lo, hi]);
  for (const [index, meta] of page.entries()) {
    const row = rows[index];
    if (row?.offset !== meta.offset)
      throw new ChunkMissingError(`Stream ${streamId} has no chunk ${meta.offset}`);
    yield { meta, body: checkBody(meta, row.body) };
  }
}

/** The body itself, once its length and CRC-32 are those of the metadata; else throws `ChunkCorruptError`. */
export function checkBody(meta: ChunkMeta, body: Buffer): Buffer {
  if (body.length !== meta.bodyBytes || crc32(body) !== meta.crcBody) {
    throw new ChunkCorruptError(
      `The body of chunk ${meta.offset} of stream ${meta.streamId} does not match its length and CRC-32`,
    );
  }
  return body;
}
