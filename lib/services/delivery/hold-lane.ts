import type { Sql } from '@/lib/platform/sql';

/** Stops a lane of which nothing new can be sealed until a person has looked. */
export async function holdLane(sql: Sql, laneId: number, cause: string): Promise<void> {
  await sql.query(
    'UPDATE lane SET held_cause = coalesce(held_cause, $2), failures = failures + 1, lease_until = NULL WHERE id = $1',
    [laneId, cause],
  );
}
