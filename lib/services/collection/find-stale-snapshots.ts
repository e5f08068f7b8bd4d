import type { Sql } from '@/lib/platform/sql';

export interface StaleSnapshot {
  readonly organizationId: string;
  readonly workspaceId: string;
}

/** Readers expect a snapshot a day. */
const FRESH_HOURS = 24;

// The newest snapshot ends with the stream's last chunk, as every append to it is one snapshot. In no particular order:
// a workspace whose snapshot fails again and again does not keep the others waiting.
const STALE = `SELECT v.organization_id, v.workspace_id
  FROM segment_set v
  LEFT JOIN log.stream s ON s.workspace_id = v.workspace_id AND s.type = 'segment' AND s.shard = 0
  LEFT JOIN LATERAL (
    SELECT c.received_max FROM log.chunk c WHERE c.stream_id = s.id AND c."offset" = s.next_offset - 1) newest ON true
  WHERE v.version > 0 AND ($1::uuid IS NULL OR v.workspace_id = $1)
    AND (v.version > v.snapshot_version OR newest.received_max IS NULL
      OR newest.received_max < now() - make_interval(hours => $2))
    AND EXISTS (SELECT FROM routing r WHERE r.workspace_id = v.workspace_id AND 'segment' = ANY (r.data_types)
      AND log.is_started(r.lifecycle))
  ORDER BY random() LIMIT $3`;

/**
 * Workspaces with segments and a started routing that takes them, of which the log keeps no complete snapshot of the
 * present version from the last 24 h.
 */
export async function findStaleSnapshots(
  sql: Sql,
  { workspaceId = null, limit }: { workspaceId?: string | null; limit: number },
): Promise<StaleSnapshot[]> {
  const { rows } = await sql.query<{ organization_id: string; workspace_id: string }>(STALE, [
    workspaceId,
    FRESH_HOURS,
    limit,
  ]);
  return rows.map((row) => ({ organizationId: row.organization_id, workspaceId: row.workspace_id }));
}
