import { type OrganizationIdInput, organizationIdSchema } from '@/lib/domain/access/organization';
import type { RejectedReason, WorkspaceTraffic } from '@/lib/domain/access/traffic';
import { parseInput } from '@/lib/domain/parse-input';
import type { Db } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';

const HOURS = 24;

/** What every workspace of an organization sent lately. Throws NOT_FOUND for one the actor does not see. */
export async function readTraffic(given: {
  ctx: Ctx;
  input: OrganizationIdInput;
}): Promise<{ traffic: WorkspaceTraffic[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId } = parseInput(organizationIdSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  const [accepted, rejected] = await Promise.all([
    readAccepted(ctx.db, organizationId),
    readRejected(ctx.db, organizationId),
  ]);
  const traffic = accepted.map(({ workspace_id, by_hour }) => ({
    workspaceId: workspace_id,
    acceptedByHour: by_hour,
    rejected: rejected.filter((row) => row.workspace_id === workspace_id).map(toReason),
  }));
  return { traffic };
}

interface AcceptedRow {
  readonly workspace_id: string;
  readonly by_hour: readonly number[];
}

function readAccepted(db: Db, organizationId: string): Promise<AcceptedRow[]> {
  return db.$queryRaw<AcceptedRow[]>`
    WITH span AS (SELECT date_trunc('hour', now(), 'UTC') AS last), hours AS (
      SELECT span.last - n * interval '1 hour' AS hour FROM span, generate_series(0, ${HOURS - 1}::int) AS n
    ), accepted AS (
      SELECT s.workspace_id, h.hour, sum(h.rows)::float8 AS rows
      FROM span, log.stream s CROSS JOIN LATERAL
        log.hours(s.id, span.last - ${HOURS - 1}::int * interval '1 hour', span.last + interval '1 hour') h
      WHERE s.organization_id = ${organizationId}::uuid AND s.type = 'events'
      GROUP BY s.workspace_id, h.hour
    )
    SELECT w.id AS workspace_id, array_agg(coalesce(a.rows, 0) ORDER BY hours.hour) AS by_hour
    FROM workspace w CROSS JOIN hours LEFT JOIN accepted a ON a.workspace_id = w.id AND a.hour = hours.hour
    WHERE w.organization_id = ${organizationId}::uuid AND w.deleted_at IS NULL
    GROUP BY w.id`;
}

interface RejectedRow {
  readonly workspace_id: string;
  readonly code: number;
  readonly reason: string;
  readonly events_24h: number;
  readonly events_7d: number;
  readonly last_at: Date;
}

function readRejected(db: Db, organizationId: string): Promise<RejectedRow[]> {
  return db.$queryRaw<RejectedRow[]>`
    SELECT r.workspace_id, r.code, r.reason, max(r.last_at) AS last_at, sum(r.events)::float8 AS events_7d,
      coalesce(sum(r.events) FILTER (
        WHERE r.hour > date_trunc('hour', now(), 'UTC') - ${HOURS}::int * interval '1 hour'), 0)::float8 AS events_24h
    FROM workspace w JOIN rejected_events r ON r.workspace_id = w.id
    WHERE w.organization_id = ${organizationId}::uuid AND w.deleted_at IS NULL
      AND r.hour > date_trunc('hour', now(), 'UTC') - interval '7 days'
    GROUP BY r.workspace_id, r.code, r.reason
    ORDER BY events_7d DESC, r.code, r.reason`;
}

function toReason(row: RejectedRow): RejectedReason {
  return {
    code: row.code,
    reason: row.reason,
    events24h: row.events_24h,
    events7d: row.events_7d,
    lastAt: row.last_at.toISOString(),
  };
}
