import { BEHIND_BODY_BYTES, CUT_LIMITS } from '@/lib/domain/delivery/cut-limits';
import type { Sql } from '@/lib/platform/sql';

export interface DueLane {
  readonly laneId: number;
  readonly epoch: number;
  /** It failed last time or is far behind. */
  readonly isBehind: boolean;
}

const LANES_MAX = 1_000;

/** Lanes that a worker should look into, oldest first; empty when another process had this period's turn. */
export async function dispatchDueLanes(sql: Sql, periodMs: number): Promise<DueLane[]> {
  const { rows } = await sql.query<{ lane_id: number; epoch: number; behind: boolean }>(
    'SELECT lane_id, epoch, behind FROM delivery.dispatch($1, $2, $3, $4)',
    [periodMs, CUT_LIMITS.bodyBytesMax, BEHIND_BODY_BYTES, LANES_MAX],
  );
  return rows.map((row) => ({ laneId: row.lane_id, epoch: row.epoch, isBehind: row.behind }));
}
