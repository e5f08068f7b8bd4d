import type { Sql } from '@/lib/platform/sql';

/** One statement adds at most this many chunks: a few hundred ms at worst. */
const CHUNKS_AT_ONCE = 20_000;
/** So many chunks are worth adding before their hour closes; fewer are counted by whoever asks. */
const WORTH_COUNTING_CHUNKS = 1_000;
/** After so many statements the next call goes on. */
const STATEMENTS_MAX = 200;

const DUE = `SELECT s.id AS stream_id FROM log.stream s LEFT JOIN log.hour_cursor c ON c.stream_id = s.id
  WHERE s.next_offset > coalesce(c.next, 0) AND (
    s.closed_through > coalesce(c.closed_through, '-infinity') OR s.next_offset - coalesce(c.next, 0) >= $1)
  ORDER BY s.id LIMIT $2`;

/**
 * Adds what the log accepted to the totals of its hours: of every stream when an hour of it has closed, of busy ones
 * also in between. Each chunk counts once, whoever calls and however often. Returns how many chunks were added.
 */
export async function countHours(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ stream_id: number }>(DUE, [WORTH_COUNTING_CHUNKS, STATEMENTS_MAX]);
  let chunks = 0;
  let statements = 0;
  for (const { stream_id } of rows) {
    for (let added = CHUNKS_AT_ONCE; added === CHUNKS_AT_ONCE; chunks += added) {
      if (statements === STATEMENTS_MAX) return chunks;
      statements += 1;
      added = await countStream(sql, stream_id);
    }
  }
  return chunks;
}

async function countStream(sql: Sql, streamId: number): Promise<number> {
  const { rows } = await sql.query<{ added: number }>('SELECT log.count_hours($1, $2) AS added', [
    streamId,
    CHUNKS_AT_ONCE,
  ]);
  return rows[0]?.added ?? 0;
}
