import type { SegmentInput } from '@/lib/domain/event/segment-set';
import { inTransaction, type Sql } from '@/lib/platform/sql';

export interface ReplaceSegmentsInput {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly segments: readonly SegmentInput[];
}

// The update changes nothing; it locks the row, so that replacements of one workspace follow one another.
const LOCK_SET = `INSERT INTO segment_set AS s (organization_id, workspace_id) VALUES ($1, $2)
  ON CONFLICT (workspace_id) DO UPDATE SET version = s.version RETURNING version`;

const REMOVE = 'DELETE FROM segment WHERE workspace_id = $1 AND number <> ALL ($2::bigint[])';

// Times that the client does not send are kept here: made at the first sight, moved by a change. A row that stays
// as it was is not written, so the row count tells whether anything changed.
const UPSERT = `WITH given AS (
    SELECT number, id, name, description, coalesce(tags, '{}') AS tags, coalesce(state, 'enabled') AS state,
      created_at, last_updated_at
    FROM jsonb_to_recordset($3::jsonb) AS g (number bigint, id text, name text, description text, tags text[],
      state text, created_at timestamptz, last_updated_at timestamptz)
  )
  INSERT INTO segment AS s (organization_id, workspace_id, number, id, name, description, tags, state,
    created_at, last_updated_at)
  SELECT $1, $2, g.number, g.id, g.name, g.description, g.tags, g.state,
    coalesce(g.created_at, o.created_at, now()),
    coalesce(g.last_updated_at, CASE WHEN (o.id, o.name, o.description, o.tags, o.state)
      IS NOT DISTINCT FROM (g.id, g.name, g.description, g.tags, g.state) THEN o.last_updated_at END, now())
  FROM given g LEFT JOIN segment o ON o.workspace_id = $2 AND o.number = g.number
  ON CONFLICT (workspace_id, number) DO UPDATE SET id = excluded.id, name = excluded.name,
    description = excluded.description, tags = excluded.tags, state = excluded.state,
    created_at = excluded.created_at, last_updated_at = excluded.last_updated_at
  WHERE s IS DISTINCT FROM excluded`;

const CHANGED = 'UPDATE segment_set SET version = version + 1 WHERE workspace_id = $1 RETURNING version';

/**
 * Replaces a workspace's segments by this full set, in one transaction. Returns the set's version, which grows
 * only when something changed.
 */
export function replaceSegments(sql: Sql, input: ReplaceSegmentsInput): Promise<number> {
  const { organizationId, workspaceId, segments } = input;
  return inTransaction(sql, async (client) => {
    const locked = await client.query<{ version: number }>(LOCK_SET, [organizationId, workspaceId]);
    const numbers = segments.map((segment) => segment.number);
    const removed = await client.query(REMOVE, [workspaceId, numbers]);
    const written = await client.query(UPSERT, [organizationId, workspaceId, JSON.stringify(segments)]);
    const isSame = (removed.rowCount ?? 0) + (written.rowCount ?? 0) === 0;
    const { rows } = isSame ? locked : await client.query<{ version: number }>(CHANGED, [workspaceId]);
    return rows[0]?.version ?? 0;
  });
}
