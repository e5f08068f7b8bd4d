import type { PendingView } from '@/lib/domain/system/view';
import type { DbTransaction } from '@/lib/platform/db/client';

interface PendingRow {
  readonly events: number;
  readonly bytes: number;
  readonly oldest_age_ms: number | null;
}

/** What the lanes of all routings have before them; of a lane the dispatcher has not looked at, its oldest chunk is asked. */
export async function readPending(tx: DbTransaction): Promise<PendingView> {
  const [row] = await tx.$queryRaw<PendingRow[]>`
    WITH behind AS (
      SELECT least(s.rows_total, l.end_rows) - l.rows_done AS events,
        least(s.body_bytes_total, l.end_body_bytes) - l.body_bytes_done AS bytes,
        coalesce(l.pending_since, (
          SELECT k.received_min FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = l.done)) AS since
      FROM lane l
      JOIN log.stream s ON s.id = l.stream_id
      JOIN routing r ON r.id = l.routing_id AND s.type = ANY (r.data_types)
      WHERE least(s.next_offset, l.end_offset) > l.done AND r.lifecycle <> 'archived'
    )
    SELECT coalesce(sum(events), 0)::float8 AS events, coalesce(sum(bytes), 0)::float8 AS bytes,
      (extract(epoch FROM clock_timestamp() - min(since)) * 1000)::float8 AS oldest_age_ms
    FROM behind`;
  if (row === undefined) throw new Error('The lanes did not tell what is pending');
  const oldestAgeMs = row.oldest_age_ms === null ? null : Math.max(0, Math.round(row.oldest_age_ms));
  return { events: row.events, bytes: row.bytes, oldestAgeMs };
}
