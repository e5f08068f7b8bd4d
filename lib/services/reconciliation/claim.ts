import type { Sql } from '@/lib/platform/sql';

export interface ClaimedReconciliation {
  readonly id: string;
  readonly organizationId: string;
  readonly routingId: string;
  readonly from: Date;
  readonly to: Date;
  /** Tries in a row that failed. */
  readonly failures: number;
}

interface Row {
  readonly organization_id: string;
  readonly routing_id: string;
  readonly from_hour: Date;
  readonly to_hour: Date;
  readonly failures: number;
}

const CLAIM = `UPDATE reconciliation SET lease_until = clock_timestamp() + $2 * interval '1 ms'
  WHERE id = $1 AND state = 'running' AND (not_before IS NULL OR not_before <= clock_timestamp())
    AND (lease_until IS NULL OR lease_until <= clock_timestamp())
  RETURNING organization_id, routing_id, from_hour, to_hour, failures`;

/** Takes a reconciliation for a while; null when it is done, waits, or is somebody else's. */
export async function claimReconciliation(
  sql: Sql,
  id: string,
  leaseMs: number,
): Promise<ClaimedReconciliation | null> {
  const { rows } = await sql.query<Row>(CLAIM, [id, leaseMs]);
  const row = rows[0];
  if (row === undefined) return null;
  const { organization_id: organizationId, routing_id: routingId, from_hour: from, to_hour: to } = row;
  return { id, organizationId, routingId, from, to, failures: row.failures };
}

const LEAVE = 'UPDATE reconciliation SET lease_until = NULL WHERE id = $1';

/** Lets others go on with it at once. */
export async function leaveReconciliation(sql: Sql, id: string): Promise<void> {
  await sql.query(LEAVE, [id]);
}
