import type { Sql } from '@/lib/platform/sql';

/** Says that somebody still works on the lane. Only saves effort; nothing depends on it. */
export async function renewLease(sql: Sql, laneId: number, leaseMs: number): Promise<void> {
  // A lane that was given back meanwhile stays free.
  await sql.query(
    `UPDATE lane SET lease_until = clock_timestamp() + $2 * interval '1 ms'
     WHERE id = $1 AND lease_until IS NOT NULL`,
    [laneId, leaseMs],
  );
}
