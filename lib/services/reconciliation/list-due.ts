import type { Sql } from '@/lib/platform/sql';

const DUE = `SELECT id FROM reconciliation
  WHERE state = 'running' AND (not_before IS NULL OR not_before <= clock_timestamp())
    AND (lease_until IS NULL OR lease_until <= clock_timestamp())
  ORDER BY started_at, id LIMIT $1`;

/** Reconciliations that nobody works on and that need not wait, oldest first. */
export async function listDueReconciliations(sql: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(DUE, [limit]);
  return rows.map(({ id }) => id);
}
