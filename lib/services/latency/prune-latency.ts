import { CUTS_KEPT_MS, HOURS_KEPT_MS, MINUTES_KEPT_MS } from '@/lib/domain/latency/rollup';
import type { Sql } from '@/lib/platform/sql';

/** Rows that one statement deletes at most. */
const ROWS_MAX = 5_000;
/** Statements of one call for each kind of row, so that it keeps up with many routings; what is left goes in the next. */
const STATEMENTS_MAX = 20;

// Ids follow time closely enough. A minute is written anew from all of its cuts: they go together, once it is folded.
const CUTS = `DELETE FROM cut_latency c
  USING (SELECT cut_id FROM cut_latency ORDER BY cut_id LIMIT $2) oldest
  WHERE c.cut_id = oldest.cut_id AND c.folded AND c.committed_at < now() - $1 * interval '1 ms'
    AND NOT EXISTS (SELECT FROM cut_latency u WHERE u.routing_id = c.routing_id AND NOT u.folded
      AND u.committed_at < now() - interval '1 day')`;

const ROLLUPS = `DELETE FROM latency_rollup r
  USING (
    SELECT o.routing_id, o.at FROM routing x CROSS JOIN LATERAL (
      SELECT routing_id, at FROM latency_rollup
      WHERE routing_id = x.id AND grain = $1 AND at < now() - $2 * interval '1 ms' ORDER BY at LIMIT 100
    ) o LIMIT $3
  ) old
  WHERE r.routing_id = old.routing_id AND r.grain = $1 AND r.at = old.at`;

/**
 * Deletes cuts, minutes and hours that are older than they are kept, at most `rowsMax` a statement. Returns how many.
 */
export async function pruneLatency(
  sql: Sql,
  { rowsMax = ROWS_MAX }: { rowsMax?: number } = {},
): Promise<number> {
  const statements: [string, unknown[]][] = [
    [CUTS, [CUTS_KEPT_MS, rowsMax]],
    [ROLLUPS, ['minute', MINUTES_KEPT_MS, rowsMax]],
    [ROLLUPS, ['hour', HOURS_KEPT_MS, rowsMax]],
  ];
  let total = 0;
  for (const [statement, values] of statements) {
    let deleted = rowsMax;
    for (let i = 0; i < STATEMENTS_MAX && deleted === rowsMax; i += 1) {
      deleted = (await sql.query(statement, values)).rowCount ?? 0;
      total += deleted;
    }
  }
  return total;
}
