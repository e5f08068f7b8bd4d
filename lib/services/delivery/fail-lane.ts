import type { Sql } from '@/lib/platform/sql';
import type { LaneFailure } from './delivery-ledger';

/** Ends a job that broke off: its marks as unknown, its lane in back-off; false when the lane has moved on meanwhile. */
export async function failLane(sql: Sql, failure: LaneFailure): Promise<boolean> {
  const { lane, attemptIds, backOffMs } = failure;
  const { rows } = await sql.query<{ failed: boolean }>(
    'SELECT delivery.fail_lane($1, $2, $3, $4) AS failed',
    [lane.laneId, lane.done, [...attemptIds], backOffMs],
  );
  return rows[0]?.failed === true;
}
