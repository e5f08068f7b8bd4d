import type { Sql } from '@/lib/platform/sql';

/** How many events, or whole requests, of a workspace were refused for one reason in one hour. */
export interface RejectedCount {
  readonly organizationId: string;
  readonly workspaceId: string;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  /** A published code, or the HTTP status of an answer that has none. */
  readonly code: number;
  /** One of our own sentences. */
  readonly reason: string;
  readonly events: number;
  /** Epoch ms. */
  readonly lastAtMs: number;
}

// In one order, so that collectors that flush the same workspaces do not wait for each other in a circle.
const ADD = `INSERT INTO rejected_events AS r (organization_id, workspace_id, hour, code, reason, events, last_at)
  SELECT organization_id, workspace_id, to_timestamp(hour_ms / 1000.0), code, reason, events, to_timestamp(last_ms / 1000.0)
  FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::int[], $5::text[], $6::bigint[], $7::float8[])
    AS given (organization_id, workspace_id, hour_ms, code, reason, events, last_ms)
  ORDER BY workspace_id, hour_ms, code, reason
  ON CONFLICT (workspace_id, hour, code, reason) DO UPDATE
    SET events = r.events + excluded.events, last_at = greatest(r.last_at, excluded.last_at)`;

/** Adds to what is known; each (workspace, hour, code, reason) at most once. */
export async function addRejectedEvents(sql: Sql, counts: readonly RejectedCount[]): Promise<void> {
  await sql.query(ADD, [
    counts.map(({ organizationId }) => organizationId),
    counts.map(({ workspaceId }) => workspaceId),
    counts.map(({ hourMs }) => hourMs),
    counts.map(({ code }) => code),
    counts.map(({ reason }) => reason),
    counts.map(({ events }) => events),
    counts.map(({ lastAtMs }) => lastAtMs),
  ]);
}
