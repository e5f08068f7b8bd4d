import type { Sql } from '@/lib/platform/sql';

const WAIT = `UPDATE reconciliation SET failures = failures + 1, held_cause = $2, lease_until = NULL,
    not_before = clock_timestamp() + $3 * interval '1 ms',
    state = CASE WHEN started_at < clock_timestamp() - interval '24 hours' THEN 'failed' ELSE state END,
    ended_at = CASE WHEN started_at < clock_timestamp() - interval '24 hours' THEN clock_timestamp() END
  WHERE id = $1 AND state = 'running'`;

/** Lets a reconciliation wait after a failed try. One that still fails a day after its start is given up. */
export async function backOffReconciliation(
  sql: Sql,
  id: string,
  { cause, backOffMs }: { readonly cause: string; readonly backOffMs: number },
): Promise<void> {
  await sql.query(WAIT, [id, cause, backOffMs]);
}

const FINISH = `UPDATE reconciliation SET state = 'done', ended_at = clock_timestamp(), lease_until = NULL,
    not_before = NULL, held_cause = NULL
  WHERE id = $1 AND state = 'running'
    AND NOT EXISTS (SELECT FROM reconciliation_step s WHERE s.reconciliation_id = $1 AND NOT s.is_done)`;

/** Ends a reconciliation that has looked at everything. */
export async function finishReconciliation(sql: Sql, id: string): Promise<void> {
  await sql.query(FINISH, [id]);
}
