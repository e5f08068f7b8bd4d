import { historyLabel } from '@/lib/domain/routing/label';
import type { Health, Lifecycle } from '@/lib/domain/routing/state';
import type { Sql } from '@/lib/platform/sql';

/** The part of a routing's state that the worker writes. */
export interface WorkerState {
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly cause: string | null;
}

// The history row is written only where the state was still the one that was decided upon.
const WRITE = `WITH changed AS (
    UPDATE routing SET lifecycle = $4, health = $5, health_cause = $6, updated_at = clock_timestamp(),
      state_since = CASE WHEN $7 = $8 THEN state_since ELSE clock_timestamp() END
    WHERE id = $1 AND lifecycle = $2 AND health = $3
    RETURNING organization_id, id)
  INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor, reason)
  SELECT organization_id, id, $7, $8, $9, $10, $6 FROM changed WHERE $7 <> $8`;

/** Moves a routing from one state to the next and keeps the history; does nothing when it has moved meanwhile. */
export async function writeRoutingState(
  sql: Sql,
  routingId: string,
  change: { from: WorkerState; to: WorkerState; cause: string; workerId: string },
): Promise<void> {
  const { from, to } = change;
  await sql.query(WRITE, [
    routingId,
    from.lifecycle,
    from.health,
    to.lifecycle,
    to.health,
    to.cause,
    historyLabel(from),
    historyLabel(to),
    change.cause,
    `worker:${change.workerId}`,
  ]);
}
