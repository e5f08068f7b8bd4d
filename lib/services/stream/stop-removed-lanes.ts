import type { Sql } from '@/lib/platform/sql';

/**
 * Stops lanes whose data type was taken out of their routing, once the cut that was open then is committed. Returns
 * how many were stopped.
 */
export async function stopRemovedLanes(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ stopped: number }>('SELECT delivery.stop_removed_lanes() AS stopped');
  return rows[0]?.stopped ?? 0;
}
