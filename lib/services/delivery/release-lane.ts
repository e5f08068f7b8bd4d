import type { Sql } from '@/lib/platform/sql';

/** Gives a lane back; it is not looked at again for `notBeforeMs`, 0 for at once. */
export async function releaseLane(sql: Sql, laneId: number, notBeforeMs: number): Promise<void> {
  await sql.query(
    `UPDATE lane SET lease_until = NULL, not_before = CASE WHEN $2 > 0
       THEN greatest(not_before, clock_timestamp() + $2 * interval '1 ms') ELSE not_before END WHERE id = $1`,
    [laneId, notBeforeMs],
  );
}
