import type { Sql } from '@/lib/platform/sql';

const STUCK_SECONDS = 60;

const END = `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
    AND state = 'active' AND wait_event = 'ClientWrite' AND state_change < now() - make_interval(secs => $1)`;

/**
 * Ends the sessions of frozen processes that stopped reading in the middle of an answer. No timeout of Postgres
 * reaches them, and the snapshot they hold slows every append more and more. Returns how many were ended.
 */
export async function endStuckReaders(sql: Sql, stuckSeconds: number = STUCK_SECONDS): Promise<number> {
  const { rows } = await sql.query<{ ended: number }>(END, [stuckSeconds]);
  return rows[0]?.ended ?? 0;
}
