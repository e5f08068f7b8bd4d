import type { Sql } from '@/lib/platform/sql';
import type { PendingMarker } from './marker-ledger';

interface Row {
  readonly id: string;
  readonly routing_id: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly rows: number;
  readonly body: string;
  readonly failures: number;
}

// The share lock makes a pause wait for the claim and the claim see the pause. A blocked routing's access is tried by
// its files.
const CLAIM = `UPDATE hour_marker m SET lease_until = clock_timestamp() + $1 * interval '1 ms',
    in_flight_until = clock_timestamp() + $1 * interval '1 ms'
  FROM (
    SELECT w.id FROM hour_marker w JOIN routing r ON r.id = w.routing_id
    WHERE w.state = 'pending' AND (w.not_before IS NULL OR w.not_before <= clock_timestamp())
      AND (w.lease_until IS NULL OR w.lease_until <= clock_timestamp())
      AND delivery.may_write(r.intent, r.lifecycle, r.drain_until) AND r.health <> 'blocked'
    ORDER BY w.failures, w.hour, w.id LIMIT 1 FOR UPDATE OF w SKIP LOCKED FOR SHARE OF r
  ) one
  WHERE m.id = one.id
  RETURNING m.id, m.routing_id, m.endpoint, m.bucket, m.key, m.rows, m.body, m.failures`;

/** The marker to write next, those that never failed first, the oldest first. */
export async function claimMarker(sql: Sql, deadlineMs: number): Promise<PendingMarker | null> {
  const { rows } = await sql.query<Row>(CLAIM, [deadlineMs]);
  const row = rows[0];
  if (row === undefined) return null;
  const { id, endpoint, bucket, key, body, failures } = row;
  return { id, routingId: row.routing_id, endpoint, bucket, key, rows: row.rows, body, failures };
}
