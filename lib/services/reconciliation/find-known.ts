import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReconciliation } from './claim';

export interface KnownContent {
  readonly key: string;
  /** The routing's file with the same length and ETag; null without one. */
  readonly fileId: string | null;
  /** Whether the ledger has this very key, of any routing of the organization. */
  readonly isRecorded: boolean;
}

const FIND = `SELECT u.key, known.id IS NOT NULL AS is_recorded, same.id AS file_id
  FROM unnest($3::text[], $4::bigint[], $5::text[]) AS u (key, bytes, etag)
  LEFT JOIN file known ON known.endpoint = $1 AND known.bucket = $2 AND known.key = u.key
    AND known.organization_id = $6 AND known.state <> 'conflict'
  LEFT JOIN LATERAL (
    SELECT f.id FROM file f WHERE f.routing_id = $7 AND f.state = 'delivered' AND f.gzip_bytes = u.bytes AND f.etag = u.etag
      AND ((f.hour >= $8 AND f.hour < $9) OR f.hour IS NULL) LIMIT 1
  ) same ON known.id IS NULL`;

/** What the ledger knows of objects that it does not expect where they are. */
export async function findKnown(
  sql: Sql,
  run: ClaimedReconciliation,
  given: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly objects: readonly { key: string; lengthBytes: number; etag: string | null }[];
  },
): Promise<KnownContent[]> {
  const { endpoint, bucket, objects } = given;
  if (objects.length === 0) return [];
  const { rows } = await sql.query<{ key: string; is_recorded: boolean; file_id: string | null }>(FIND, [
    endpoint,
    bucket,
    objects.map(({ key }) => key),
    objects.map(({ lengthBytes }) => lengthBytes),
    objects.map(({ etag }) => etag),
    run.organizationId,
    run.routingId,
    run.from,
    run.to,
  ]);
  return rows.map((row) => ({ key: row.key, fileId: row.file_id, isRecorded: row.is_recorded }));
}

const RESTORED = `SELECT x.file_id FROM replay_file x
  WHERE x.file_id = ANY ($1::uuid[]) AND x.object_id = x.file_id AND x.state = 'restored'`;

/** Those of these files that a replay has written again since: their ETag may be another one. */
export async function findRestored(sql: Sql, fileIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (fileIds.length === 0) return new Set();
  const { rows } = await sql.query<{ file_id: string }>(RESTORED, [fileIds]);
  return new Set(rows.map((row) => row.file_id));
}
