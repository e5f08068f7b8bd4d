import type { Sql } from '@/lib/platform/sql';
import type { ClaimedLane } from './delivery-ledger';

const HOLD = `UPDATE lane SET held_cause = coalesce(held_cause, $4), failures = failures + 1, lease_until = NULL
  WHERE id = $1 AND epoch = $2 AND next = $3 AND done = $3`;

/**
 * Stops a lane of which nothing new can be sealed until a person has looked. False, with nothing written, when it no
 * longer stands where it was claimed: what a slow worker found there is no longer true of it.
 */
export async function holdLane(
  sql: Sql,
  lane: Pick<ClaimedLane, 'laneId' | 'epoch' | 'next'>,
  cause: string,
): Promise<boolean> {
  const { rowCount } = await sql.query(HOLD, [lane.laneId, lane.epoch, lane.next, cause]);
  return rowCount === 1;
}
