import type { Sql } from '@/lib/platform/sql';

// Lanes of draining routings alone, of which there are few.
const TO_END = `SELECT l.id FROM routing r JOIN lane l ON l.routing_id = r.id
  WHERE r.lifecycle = 'draining' AND (l.running OR l.next > l.done OR l.done < l.end_offset)
    AND (r.drain_until <= clock_timestamp() OR l.done >= l.end_offset)
  ORDER BY l.id`;

/**
 * Stops lanes of draining routings that have come to their end, or whose time is up; what those have left becomes gaps
 * once no PUT can be under way. Each lane is one statement. Returns how many gaps were recorded.
 */
export async function endLanes(sql: Sql): Promise<number> {
  const { rows: lanes } = await sql.query<{ id: number }>(TO_END);
  let gaps = 0;
  for (const { id } of lanes) {
    const { rows } = await sql.query<{ gaps: number }>('SELECT delivery.end_lane($1) AS gaps', [id]);
    gaps += rows[0]?.gaps ?? 0;
  }
  return gaps;
}
