import type { ApiKeyKind } from '@/lib/domain/access/api-key';
import { hashApiKey } from '@/lib/platform/api-key';
import type { Sql } from '@/lib/platform/sql';

/** A key that may collect, and its workspace as collection needs it. */
export interface CollectionKey {
  readonly id: string;
  readonly kind: ApiKeyKind;
  readonly organizationId: string;
  readonly workspaceId: string;
  /** Secret: user ids of aliases are made in it. */
  readonly aliasNamespace: string;
  readonly undeliveredBytesMax: number;
  /** Compressed bytes that the slowest lane of each stream has not delivered yet. */
  readonly undeliveredBytes: number;
}

// Only lanes that still carry the type count, and only bytes that are still kept: a type that was taken out of
// a routing, or chunks that retention has dropped, must not refuse collection for ever.
const FIND = `SELECT k.id, k.kind, k.organization_id, k.workspace_id, w.alias_namespace, w.undelivered_bytes_max,
    coalesce((
      SELECT sum(greatest(s.body_bytes_total - greatest(slowest.body_bytes_done, kept.body_bytes_before), 0))
      FROM log.stream s CROSS JOIN LATERAL (
        SELECT min(l.body_bytes_done) AS body_bytes_done
        FROM lane l JOIN routing r ON r.id = l.routing_id
        WHERE l.stream_id = s.id AND log.is_started(r.lifecycle) AND s.type = ANY (r.data_types)
      ) AS slowest
      LEFT JOIN LATERAL (
        SELECT c.body_bytes_before FROM log.chunk c WHERE c.stream_id = s.id ORDER BY c."offset" LIMIT 1
      ) AS kept ON true
      WHERE s.workspace_id = w.id AND slowest.body_bytes_done IS NOT NULL
    ), 0)::bigint AS undelivered_bytes
  FROM api_key k JOIN workspace w ON w.id = k.workspace_id
  WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND w.deleted_at IS NULL`;

interface Row {
  readonly id: string;
  readonly kind: ApiKeyKind;
  readonly organization_id: string;
  readonly workspace_id: string;
  readonly alias_namespace: string;
  readonly undelivered_bytes_max: number;
  readonly undelivered_bytes: number;
}

/** The key with this text, or null where it is unknown or revoked or its workspace is deleted. */
export async function findCollectionKey(sql: Sql, key: string): Promise<CollectionKey | null> {
  const { rows } = await sql.query<Row>(FIND, [hashApiKey(key)]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id,
    workspaceId: row.workspace_id,
    aliasNamespace: row.alias_namespace,
    undeliveredBytesMax: row.undelivered_bytes_max,
    undeliveredBytes: row.undelivered_bytes,
  };
}
