import { historyLabel } from '@/lib/domain/routing/label';
import type { Health, Lifecycle } from '@/lib/domain/routing/state';
import type { Sql } from '@/lib/platform/sql';

/** The part of a routing's state that the worker writes. */
export interface WorkerState {
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly cause: string | null;
}

export interface StateChange {
  readonly routingId: string;
  readonly from: WorkerState;
  readonly to: WorkerState;
  /** `delivery.blocked`, `watch.late`, … */
  readonly cause: string;
}

/** Routings whose rows one statement locks at most. */
const CHANGES_PER_STATEMENT = 500;

// The history row is written only where the state was still the one that was decided upon. Rows are locked in the
// order of their ids, as everybody does who locks several.
const WRITE = `WITH wanted AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::text[], $9::text[])
      AS w (id, was_lifecycle, was_health, lifecycle, health, health_cause, from_label, to_label, cause)),
  locked AS (
    SELECT r.id FROM routing r JOIN wanted w ON w.id = r.id ORDER BY r.id FOR NO KEY UPDATE OF r),
  changed AS (
    UPDATE routing r SET lifecycle = w.lifecycle, health = w.health, health_cause = w.health_cause,
      updated_at = clock_timestamp(),
      state_since = CASE WHEN w.from_label = w.to_label THEN r.state_since ELSE clock_timestamp() END
    FROM wanted w JOIN locked ON locked.id = w.id
    WHERE r.id = w.id AND r.lifecycle = w.was_lifecycle AND r.health = w.was_health
    RETURNING r.organization_id, r.id, w.from_label, w.to_label, w.cause, w.health_cause)
  INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor, reason)
  SELECT organization_id, id, from_label, to_label, cause, $10, health_cause FROM changed
  WHERE from_label <> to_label`;

/** Moves routings from one state to the next and keeps their history; one that has moved meanwhile is left alone. */
export async function writeRoutingStates(
  sql: Sql,
  changes: readonly StateChange[],
  workerId: string,
): Promise<void> {
  for (let at = 0; at < changes.length; at += CHANGES_PER_STATEMENT) {
    const batch = changes.slice(at, at + CHANGES_PER_STATEMENT);
    await sql.query(WRITE, [
      batch.map(({ routingId }) => routingId),
      batch.map(({ from }) => from.lifecycle),
      batch.map(({ from }) => from.health),
      batch.map(({ to }) => to.lifecycle),
      batch.map(({ to }) => to.health),
      batch.map(({ to }) => to.cause),
      batch.map(({ from }) => historyLabel(from)),
      batch.map(({ to }) => historyLabel(to)),
      batch.map(({ cause }) => cause),
      `worker:${workerId}`,
    ]);
  }
}
