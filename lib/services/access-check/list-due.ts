import type { Sql } from '@/lib/platform/sql';

const DUE = `SELECT id FROM access_check
  WHERE (state = 'running' OR next_try_at <= clock_timestamp())
    AND (lease_until IS NULL OR lease_until <= clock_timestamp()) AND state IN ('running', 'failed')
  ORDER BY coalesce(next_try_at, requested_at), id LIMIT $1`;

/** Checks that nobody works on and that are due, oldest first. */
export async function listDueAccessChecks(sql: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(DUE, [limit]);
  return rows.map(({ id }) => id);
}
