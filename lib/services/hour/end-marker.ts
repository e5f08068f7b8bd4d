import type { Sql } from '@/lib/platform/sql';
import type { MarkerEnd } from './marker-ledger';

const END = `UPDATE hour_marker SET state = coalesce($2, state), cause = $3, http_status = $4, code = $5,
    request_id = $6, lease_until = NULL, in_flight_until = NULL,
    written_at = CASE WHEN $2 = 'written' THEN clock_timestamp() END,
    failures = CASE WHEN $2 = 'written' THEN 0 ELSE failures + 1 END,
    not_before = clock_timestamp() + $7 * interval '1 ms'
  WHERE id = $1 AND state = 'pending'`;

/** What came of a try; a marker that has been written or is in conflict changes no more. */
export async function endMarker(sql: Sql, id: string, end: MarkerEnd): Promise<void> {
  const { state, cause, httpStatus, code, requestId, backOffMs } = end;
  await sql.query(END, [id, state, cause, httpStatus, code, requestId, backOffMs]);
}
