import type { Sql } from '@/lib/platform/sql';

export interface RepairedLane {
  readonly organizationId: string;
  readonly routingId: string;
  readonly streamId: number;
}

const MISSING = `SELECT DISTINCT r.organization_id, r.id AS routing_id FROM routing r
  JOIN log.stream s ON s.organization_id = r.organization_id AND s.workspace_id = r.workspace_id
    AND s.type = ANY (r.data_types)
  WHERE log.is_started(r.lifecycle)
    AND NOT EXISTS (SELECT 1 FROM lane l WHERE l.routing_id = r.id AND l.stream_id = s.id)`;

/**
 * Asserts that every started routing has a lane on every stream it carries. A missing lane is a fault of ours: it
 * is made, from the earliest chunk kept (rather too much than a loss), and reported for an alarm.
 */
export async function sweepLanes(sql: Sql): Promise<RepairedLane[]> {
  const { rows } = await sql.query<{ organization_id: string; routing_id: string }>(MISSING);
  const repaired: RepairedLane[] = [];
  for (const { organization_id, routing_id } of rows) {
    const opened = await sql.query<{ stream_id: number }>(
      "SELECT stream_id FROM log.open_lanes($1, 'earliest') AS stream_id",
      [routing_id],
    );
    for (const { stream_id } of opened.rows) {
      repaired.push({ organizationId: organization_id, routingId: routing_id, streamId: stream_id });
    }
  }
  return repaired;
}
