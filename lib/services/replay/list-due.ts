import type { Sql } from '@/lib/platform/sql';

/** So many workers carry out one replay at once: they share the store's patience with live delivery. */
export const HANDS_MAX = 2;

const DUE = `SELECT p.id FROM replay p JOIN routing r ON r.id = p.routing_id
  WHERE p.state = 'running' AND (p.not_before IS NULL OR p.not_before <= clock_timestamp())
    AND log.is_running(r.intent, r.lifecycle)
    AND (SELECT count(*) FROM replay_file x
      WHERE x.replay_id = p.id AND x.state = 'pending' AND x.lease_until > clock_timestamp()) < $1
  ORDER BY p.started_at, p.id LIMIT $2`;

// Whoever asked for a dry run has stopped waiting for it by then.
const END_OLD_LOOKS = `UPDATE replay SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE state = 'running' AND mode = 'look' AND started_at < clock_timestamp() - interval '15 minutes'`;

// A routing that comes to its end writes nothing again: its replay would stand as running for ever.
const END_OF_ENDED = `UPDATE replay p SET state = 'cancelled', ended_at = clock_timestamp()
  FROM routing r WHERE r.id = p.routing_id AND p.state = 'running' AND r.lifecycle IN ('draining', 'disabled', 'archived')`;

/** Replays with something to do now and hands to spare, oldest first. Dry runs that take too long, and what is left of ended routings, end here. */
export async function listDue(sql: Sql, limit: number): Promise<string[]> {
  await sql.query(END_OLD_LOOKS);
  await sql.query(END_OF_ENDED);
  const { rows } = await sql.query<{ id: string }>(DUE, [HANDS_MAX, limit]);
  return rows.map(({ id }) => id);
}
