import { dataTypeSchema } from '@/lib/domain/data-type';
import type { Gap, MissingChunks } from '@/lib/domain/routing/gap';
import type { DbTransaction } from '@/lib/platform/db/client';
import { recordGap } from '@/lib/services/hour/record-gap';

interface StuckRow {
  readonly lane_id: number;
  readonly stream_id: number;
  readonly type: string;
  readonly lo: number;
  readonly hi: number;
}

interface GapRow extends StuckRow {
  readonly rows: number;
}

/**
 * Sets lanes that are held over missing chunks, with no cut open, to the earliest chunk kept, or to the head when
 * none is; records what each of them loses and returns it, for the caller to say so in the same transaction.
 */
export async function skipGaps(tx: DbTransaction, routingId: string): Promise<Gap[]> {
  await tx.$executeRaw`SELECT 1 FROM lane WHERE routing_id = ${routingId}::uuid ORDER BY id FOR NO KEY UPDATE`;
  // Chunks and head in one statement, hence in one snapshot: nothing appended meanwhile falls between them.
  const rows = await tx.$queryRaw<GapRow[]>`
    WITH held AS (
      SELECT l.id, l.done, l.rows_done, s.type,
        coalesce(kept."offset", s.next_offset) AS "offset",
        coalesce(kept.rows_before, s.rows_total) AS rows_before,
        coalesce(kept.body_bytes_before, s.body_bytes_total) AS body_bytes_before
      FROM lane l JOIN log.stream s ON s.id = l.stream_id
      LEFT JOIN LATERAL (
        SELECT c."offset", c.rows_before, c.body_bytes_before FROM log.chunk c
        WHERE c.stream_id = l.stream_id AND c."offset" >= l.done ORDER BY c."offset" LIMIT 1) kept ON true
      WHERE l.routing_id = ${routingId}::uuid AND l.held_cause = 'chunk_missing' AND l.next = l.done)
    UPDATE lane l SET next = h."offset", done = h."offset", rows_done = h.rows_before,
      body_bytes_done = h.body_bytes_before, pending_since = NULL
    FROM held h WHERE l.id = h.id AND h."offset" > h.done
    RETURNING l.id::float8 AS lane_id, l.stream_id::float8 AS stream_id, h.type, h.done::float8 AS lo,
      (h."offset" - 1)::float8 AS hi, (h.rows_before - h.rows_done)::float8 AS rows`;
  const gaps = rows.map((row) => ({ ...toMissingChunks(row), rows: row.rows })).sort(byLane);
  for (const gap of gaps) await recordGap(tx, gap);
  return gaps;
}

/** Lanes that stay held over missing chunks because a cut is open on them; to be read after the lanes are fenced. */
export async function readStuckLanes(tx: DbTransaction, routingId: string): Promise<MissingChunks[]> {
  const rows = await tx.$queryRaw<StuckRow[]>`
    SELECT l.id::float8 AS lane_id, l.stream_id::float8 AS stream_id, s.type, l.done::float8 AS lo,
      (l.next - 1)::float8 AS hi
    FROM lane l JOIN log.stream s ON s.id = l.stream_id
    WHERE l.routing_id = ${routingId}::uuid AND l.held_cause = 'chunk_missing' AND l.next > l.done ORDER BY l.id`;
  return rows.map(toMissingChunks);
}

function toMissingChunks(row: StuckRow): MissingChunks {
  const { lane_id: laneId, stream_id: streamId, lo: firstOffset, hi: lastOffset } = row;
  return { laneId, streamId, type: dataTypeSchema.parse(row.type), firstOffset, lastOffset };
}

function byLane(a: MissingChunks, b: MissingChunks): number {
  return a.laneId - b.laneId;
}
