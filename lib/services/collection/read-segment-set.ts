import type { SegmentLine } from '@/lib/domain/event/event-lines';
import type { Sql } from '@/lib/platform/sql';

/** A workspace's segments at one version, by number. */
export interface SegmentSet {
  readonly version: number;
  /** The newest version of which the log has a complete snapshot. */
  readonly snapshotVersion: number;
  readonly segments: readonly SegmentLine[];
}

// One statement sees one version together with all of its rows.
const READ = `SELECT v.version, v.snapshot_version, s.number, s.id, s.name, s.description, s.tags, s.state,
    s.created_at, s.last_updated_at
  FROM segment_set v JOIN segment s ON s.workspace_id = v.workspace_id
  WHERE v.workspace_id = $1 ORDER BY s.number`;

interface Row {
  readonly version: number;
  readonly snapshot_version: number;
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly tags: string[];
  readonly state: 'enabled' | 'disabled';
  readonly created_at: Date;
  readonly last_updated_at: Date;
}

/** The workspace's segments; version 0 and none where it never had any. */
export async function readSegmentSet(sql: Sql, workspaceId: string): Promise<SegmentSet> {
  const { rows } = await sql.query<Row>(READ, [workspaceId]);
  return {
    version: rows[0]?.version ?? 0,
    snapshotVersion: rows[0]?.snapshot_version ?? 0,
    segments: rows.map((row) => ({
      number: row.number,
      id: row.id,
      name: row.name,
      description: row.description,
      tags: row.tags,
      state: row.state,
      workspace_id: workspaceId,
      created_at: row.created_at.toISOString(),
      last_updated_at: row.last_updated_at.toISOString(),
    })),
  };
}
