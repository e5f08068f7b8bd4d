import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import type { Sql } from '@/lib/platform/sql';

// One look by primary key per lane with something pending. What only grew too old is given up by lanes that cannot
// deliver; what is gone, or in a partition that is about to go, by all.
const PAST = `SELECT l.id, ((now() AT TIME ZONE 'UTC')::date - $1::int)::text AS gone_before
  FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
  LEFT JOIN LATERAL (
    SELECT k.part, k.hour FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = l.done) k ON true
  WHERE (log.is_started(r.lifecycle) OR r.lifecycle = 'draining')
    AND least(s.next_offset, l.end_offset) > l.done AND (l.next > l.done OR s.type = ANY (r.data_types))
    AND (k.part IS NULL OR k.part < (now() AT TIME ZONE 'UTC')::date - $1::int OR (
      (NOT l.running OR l.held_cause IS NOT NULL OR (l.failures > 0 AND r.health IN ('blocked', 'failing')))
      AND k.hour < date_trunc('hour', now() - r.retention_hours * interval '1 hour', 'UTC')))
  ORDER BY l.id`;

/**
 * Gives up what lanes could not deliver within its retention: records it as gaps and sets the lanes behind it, so
 * that nobody has to resume them. Each lane is one statement. Returns how many gaps it recorded.
 */
export async function expireLanes(sql: Sql, workerId: string): Promise<number> {
  const { rows: lanes } = await sql.query<{ id: number; gone_before: string }>(PAST, [RETENTION_DAYS]);
  let gaps = 0;
  for (const { id, gone_before } of lanes) {
    const { rows } = await sql.query<{ gaps: number }>(
      'SELECT delivery.expire_lane($1, $2::date, $3) AS gaps',
      [id, gone_before, workerId],
    );
    gaps += rows[0]?.gaps ?? 0;
  }
  return gaps;
}
