import { KEY_AGE_DAYS } from '@/lib/domain/routing/list';
import type { SharedState } from '@/lib/domain/routing/list-views';
import { healthSchema, lifecycleSchema } from '@/lib/domain/routing/state';
import type { Db } from '@/lib/platform/db/client';

/** A state and how many routings are in it. */
export interface StateGroup extends SharedState {
  readonly routings: number;
  /** Of them: with access keys that were given too long ago. */
  readonly oldKeys: number;
}

interface GroupRow {
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
  readonly is_stuck: boolean;
  readonly is_measured: boolean;
  readonly routings: number;
  readonly old_keys: number;
}

/**
 * The states in which an organization's routings are, or everybody's for null; `stuckIds` from findStuckIds. There are
 * few of them: labels, views and severities are decided on them by the pure functions, never again in SQL.
 */
export async function readStateGroups(
  db: Pick<Db, '$queryRaw'>,
  organizationId: string | null,
  stuckIds: readonly string[],
): Promise<StateGroup[]> {
  const rows = await db.$queryRaw<GroupRow[]>`
    SELECT r.lifecycle, r.health, r.health_cause, r.id = ANY (${[...stuckIds]}::uuid[]) AS is_stuck,
      (SELECT delivery.is_measured()) AS is_measured, count(*)::int AS routings,
      (count(*) FILTER (WHERE c.kind = 'keys' AND c.created_at < now() - ${KEY_AGE_DAYS} * interval '1 day'))::int AS old_keys
    FROM routing r
    LEFT JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version
    LEFT JOIN credential c ON c.id = d.credential_id
    WHERE ${organizationId}::uuid IS NULL OR r.organization_id = ${organizationId}::uuid
    GROUP BY 1, 2, 3, 4`;
  return rows.map((row) => ({
    lifecycle: lifecycleSchema.parse(row.lifecycle),
    health: healthSchema.parse(row.health),
    healthCause: row.health_cause,
    isStuck: row.is_stuck,
    isMeasured: row.is_measured,
    routings: row.routings,
    oldKeys: row.old_keys,
  }));
}
