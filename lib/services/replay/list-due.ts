import type { Sql } from '@/lib/platform/sql';

/** So many workers carry out one replay at once: they share the store's patience with live delivery. */
export const HANDS_MAX = 2;

const DUE = `SELECT p.id FROM replay p JOIN routing r ON r.id = p.routing_id
  WHERE p.state = 'running' AND (p.not_before IS NULL OR p.not_before <= clock_timestamp())
    AND log.is_running(r.intent, r.lifecycle)
    AND (SELECT count(*) FROM replay_file x
      WHERE x.replay_id = p.id AND x.state = 'pending' AND x.lease_until > clock_timestamp()) < $1
  ORDER BY p.started_at, p.id LIMIT $2`;

/** Replays with something to do now and hands to spare, oldest first. */
export async function listDue(sql: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(DUE, [HANDS_MAX, limit]);
  return rows.map(({ id }) => id);
}
