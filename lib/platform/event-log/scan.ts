import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { AppError } from '@/lib/domain/errors';
import type { Sql } from '@/lib/platform/sql';
import { ChunkMissingError, type StreamHead } from './event-log';

interface MetaRow {
  readonly offset: number;
  readonly hour_ms: number;
  readonly rows: number;
  readonly raw_bytes: number;
  readonly crc_raw: number;
  readonly body_bytes: number;
  readonly crc_body: number;
  readonly received_min_ms: number;
  readonly received_max_ms: number;
  readonly received_sum_ms: string;
  readonly rows_before: number;
  readonly raw_bytes_before: number;
  readonly body_bytes_before: number;
  readonly snapshot_end: boolean;
}

const META_COLUMNS = `c."offset", (extract(epoch FROM c.hour) * 1000)::bigint AS hour_ms, c.rows, c.raw_bytes,
  c.crc_raw, c.body_bytes, c.crc_body, (extract(epoch FROM c.received_min) * 1000)::bigint AS received_min_ms,
  (extract(epoch FROM c.received_max) * 1000)::bigint AS received_max_ms, c.received_sum_ms,
  c.rows_before, c.raw_bytes_before, c.body_bytes_before, c.snapshot_end`;

// Head and chunks in one statement, hence in one snapshot: a hole is told apart from a chunk not yet appended.
const SCAN = `SELECT s.next_offset, c.* FROM log.stream s LEFT JOIN LATERAL (
  SELECT ${META_COLUMNS} FROM log.chunk c
  WHERE c.stream_id = s.id AND c."offset" >= $2 ORDER BY c."offset" LIMIT $3) c ON true
  WHERE s.id = $1 ORDER BY c."offset"`;

const HEAD = `SELECT next_offset, rows_total, raw_bytes_total, body_bytes_total,
  extract(epoch FROM closed_through)::float8 * 1000 AS closed_through_ms FROM log.stream WHERE id = $1`;

interface HeadRow {
  readonly next_offset: number;
  readonly rows_total: number;
  readonly raw_bytes_total: number;
  readonly body_bytes_total: number;
  readonly closed_through_ms: number;
}

/** The head of a stream; AppError NOT_FOUND when there is no such stream. */
export async function readHead(sql: Sql, streamId: number): Promise<StreamHead> {
  const { rows } = await sql.query<HeadRow>(HEAD, [streamId]);
  const row = rows[0];
  if (row === undefined) throw streamNotFound(streamId);
  return {
    streamId,
    nextOffset: row.next_offset,
    rowsTotal: row.rows_total,
    rawBytesTotal: row.raw_bytes_total,
    bodyBytesTotal: row.body_bytes_total,
    closedThroughMs: row.closed_through_ms,
  };
}

/** Metadata from `from` on, at most `limitChunks`; throws `ChunkMissingError` at the first hole. */
export async function scanChunks(
  sql: Sql,
  streamId: number,
  range: { from: number; limitChunks: number },
): Promise<ChunkMeta[]> {
  const { from, limitChunks } = range;
  if (limitChunks < 1) return [];
  type Row = MetaRow & { readonly next_offset: number; readonly offset: number | null };
  const { rows } = await sql.query<Row>(SCAN, [streamId, from, limitChunks]);
  const first = rows[0];
  if (first === undefined) throw streamNotFound(streamId);
  const metas = rows.filter((row) => row.offset !== null).map((row) => toMeta(streamId, row));
  const expected = Math.min(limitChunks, Math.max(0, first.next_offset - from));
  for (let i = 0; i < expected; i += 1) {
    if (metas[i]?.offset !== from + i)
      throw new ChunkMissingError(`Stream ${streamId} has no chunk ${from + i}`);
  }
  return metas;
}

function streamNotFound(streamId: number): AppError {
  return new AppError('NOT_FOUND', `Stream ${streamId} does not exist`);
}

function toMeta(streamId: number, row: MetaRow): ChunkMeta {
  return {
    streamId,
    offset: row.offset,
    hourMs: row.hour_ms,
    rows: row.rows,
    rawBytes: row.raw_bytes,
    crcRaw: row.crc_raw,
    bodyBytes: row.body_bytes,
    crcBody: row.crc_body,
    receivedMinMs: row.received_min_ms,
    receivedMaxMs: row.received_max_ms,
    receivedSumMs: BigInt(row.received_sum_ms),
    rowsBefore: row.rows_before,
    rawBytesBefore: row.raw_bytes_before,
    bodyBytesBefore: row.body_bytes_before,
    snapshotEnd: row.snapshot_end,
  };
}
