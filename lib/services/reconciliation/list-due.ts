import { ARCHIVED_CAUSE } from '@/lib/domain/reconciliation/refusal';
import type { Sql } from '@/lib/platform/sql';

const DUE = `SELECT id FROM reconciliation
  WHERE state = 'running' AND (not_before IS NULL OR not_before <= clock_timestamp())
    AND (lease_until IS NULL OR lease_until <= clock_timestamp())
  ORDER BY started_at, id LIMIT $1`;

// Nobody can look into its bucket any more: waiting for it would say that somebody might.
const END_OF_ARCHIVED = `UPDATE reconciliation x SET state = 'failed', held_cause = '${ARCHIVED_CAUSE}', not_before = NULL,
    lease_until = NULL, ended_at = clock_timestamp()
  FROM routing r WHERE r.id = x.routing_id AND x.state = 'running' AND r.lifecycle = 'archived'`;

/** Reconciliations that nobody works on and that need not wait, oldest first. Those of archived routings end here. */
export async function listDueReconciliations(sql: Sql, limit: number): Promise<string[]> {
  await sql.query(END_OF_ARCHIVED);
  const { rows } = await sql.query<{ id: string }>(DUE, [limit]);
  return rows.map(({ id }) => id);
}
