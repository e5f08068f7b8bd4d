import type { EventLogView } from '@/lib/domain/system/view';
import type { DbTransaction } from '@/lib/platform/db/client';

interface LogRow {
  readonly disk_bytes: number;
  readonly kept_events: number;
  readonly kept_chunks: number;
  readonly accepted_events: number;
  readonly partitions: number;
  readonly oldest_day: string | null;
}

/** The log by its heads and its catalogue: what is kept is what the first kept chunk of each stream leaves over. */
export async function readEventLog(tx: DbTransaction): Promise<EventLogView> {
  const [row] = await tx.$queryRaw<LogRow[]>`
    WITH parts AS (
      SELECT c.oid, to_date(right(c.relname, 8), 'YYYYMMDD') AS day
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'log.chunk'::regclass
    ), streams AS (
      SELECT sum(s.rows_total) AS accepted,
        sum(s.rows_total - coalesce(k.rows_before, s.rows_total)) AS events,
        sum(s.next_offset - coalesce(k."offset", s.next_offset)) AS chunks
      FROM log.stream s LEFT JOIN LATERAL (
        SELECT c."offset", c.rows_before FROM log.chunk c WHERE c.stream_id = s.id ORDER BY c."offset" LIMIT 1
      ) k ON true
    )
    SELECT
      (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 FROM pg_class c
        WHERE c.relnamespace = 'log'::regnamespace AND c.relkind = 'r') AS disk_bytes,
      (SELECT count(*)::int FROM parts) AS partitions,
      (SELECT min(day) FILTER (WHERE pg_relation_size(oid) > 0)::text FROM parts) AS oldest_day,
      coalesce(accepted, 0)::float8 AS accepted_events,
      coalesce(events, 0)::float8 AS kept_events,
      coalesce(chunks, 0)::float8 AS kept_chunks
    FROM streams`;
  if (row === undefined) throw new Error('The event log did not tell its size');
  return {
    diskBytes: row.disk_bytes,
    keptEvents: row.kept_events,
    keptChunks: row.kept_chunks,
    acceptedEvents: row.accepted_events,
    partitions: row.partitions,
    oldestDay: row.oldest_day,
  };
}
