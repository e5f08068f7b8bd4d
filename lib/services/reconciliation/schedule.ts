import type { Sql } from '@/lib/platform/sql';

/** So many a minute: when all are due at once they spread by themselves. */
const AT_ONCE = 20;

/** A routing that was never compared waits for its own minute of the day, so that they do not all begin together. */
const OPEN = `SELECT delivery.open_reconciliation(gen_random_uuid(), due.id, date_trunc('hour', now(), 'UTC') - interval '48 hours',
    date_trunc('hour', now(), 'UTC'), 'sluice')
  FROM (
    SELECT r.id FROM routing r
    WHERE r.lifecycle = 'active' AND r.intent = 'run'
      AND r.created_at + mod(abs(hashtext(r.id::text)::bigint), 1440) * interval '1 minute' <= now()
      AND NOT EXISTS (SELECT FROM reconciliation x WHERE x.routing_id = r.id
        AND (x.state = 'running' OR x.started_at > now() - interval '24 hours'))
    ORDER BY r.id LIMIT $1
  ) due`;

/** Begins the daily reconciliation of running routings whose last one is a day ago; returns how many. */
export async function scheduleReconciliations(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(OPEN, [AT_ONCE]);
  return rowCount ?? 0;
}

const KEPT_DAYS = 30;
const FORGET = `DELETE FROM reconciliation WHERE id IN (
  SELECT id FROM reconciliation WHERE state <> 'running' AND started_at < now() - $1 * interval '1 day' LIMIT 200)`;

/** Forgets reconciliations after 30 days, with what they found. */
export async function forgetReconciliations(sql: Sql): Promise<void> {
  await sql.query(FORGET, [KEPT_DAYS]);
}
