import type { Sql } from '@/lib/platform/sql';
import type { PlaceCredential } from '@/lib/services/delivery/delivery-ledger';
import { type CredentialColumns, toPlaceCredential } from '@/lib/services/delivery/to-place-credential';

/** A probe that this worker shall make now. */
export interface DueProbe {
  readonly probeId: number;
  readonly routingId: string;
  readonly destinationVersion: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly kmsKeyArn: string | null;
  readonly credential: PlaceCredential;
  readonly failures: number;
  readonly denials: number;
  readonly firstDenialAgoMs: number;
  /** The object of an earlier probe that could not be removed; null when none is known. */
  readonly leftKey: string | null;
}

interface Row extends CredentialColumns {
  readonly probe_id: number;
  readonly destination_version: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly kms_key_arn: string | null;
  readonly failures: number;
  readonly denials: number;
  readonly first_denial_ago_ms: number;
  readonly left_key: string | null;
}

// Due is what runs, has nothing pending, and either was refused or has been quiet for an hour. The claim says so by
// moving due_at ahead: of two workers one gets it, and one that dies is followed after a minute.
const CLAIM = `WITH due AS (
    SELECT r.id, r.organization_id, r.destination_version FROM routing r
    LEFT JOIN access_proof p ON p.routing_id = r.id
    WHERE r.access_probe AND r.intent = 'run' AND r.lifecycle IN ('starting', 'active')
      AND (p.routing_id IS NULL OR p.destination_version <> r.destination_version
        OR (p.stopped_cause IS NULL AND p.due_at <= clock_timestamp()))
      AND (r.health IN ('blocked', 'failing') OR (
        r.state_since <= clock_timestamp() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM attempt a
          WHERE a.routing_id = r.id AND a.ended_at > clock_timestamp() - interval '1 hour')))
      AND NOT EXISTS (SELECT FROM lane l JOIN log.stream s ON s.id = l.stream_id
        WHERE l.routing_id = r.id AND s.type = ANY (r.data_types) AND s.next_offset > l.done)
      AND EXISTS (SELECT FROM destination d
        WHERE d.routing_id = r.id AND d.version = r.destination_version AND d.credential_id IS NOT NULL)
    ORDER BY p.due_at NULLS FIRST, r.id LIMIT $1),
  claimed AS (
    INSERT INTO access_proof AS p (routing_id, organization_id, destination_version, due_at)
    SELECT id, organization_id, destination_version, clock_timestamp() + interval '1 minute' FROM due
    ON CONFLICT (routing_id) DO UPDATE SET due_at = excluded.due_at, destination_version = excluded.destination_version,
      failures = CASE WHEN p.destination_version = excluded.destination_version THEN p.failures ELSE 0 END,
      denials = CASE WHEN p.destination_version = excluded.destination_version THEN p.denials ELSE 0 END,
      proven_at = CASE WHEN p.destination_version = excluded.destination_version THEN p.proven_at END,
      object_key = CASE WHEN p.destination_version = excluded.destination_version THEN p.object_key END,
      stopped_cause = NULL
    WHERE p.due_at <= clock_timestamp() OR p.destination_version <> excluded.destination_version
    RETURNING p.*),
  marked AS (
    INSERT INTO access_probe (organization_id, routing_id, destination_version, worker_id)
    SELECT organization_id, routing_id, destination_version, $2 FROM claimed RETURNING id, routing_id)
  SELECT m.id AS probe_id, c.routing_id, c.organization_id, c.destination_version, d.endpoint, d.bucket, d.prefix,
    d.region, d.kms_key_arn, k.id AS credential_id, k.version, k.access_key_id_sealed,
    k.secret_access_key_sealed, k.role_arn, o.external_id, ARRAY[d.prefix] AS prefixes, c.failures, c.denials, c.object_key AS left_key,
    coalesce(extract(epoch FROM clock_timestamp() - c.first_denied_at) * 1000, 0)::float8 AS first_denial_ago_ms
  FROM claimed c JOIN marked m ON m.routing_id = c.routing_id
  JOIN destination d ON d.routing_id = c.routing_id AND d.version = c.destination_version
  JOIN credential k ON k.organization_id = d.organization_id AND k.id = d.credential_id
  JOIN organization o ON o.id = d.organization_id`;

/** Takes at most `limit` probes that are due; each is noted before it is made, as an attempt is. */
export async function claimDueProbes(sql: Sql, workerId: string, limit: number): Promise<DueProbe[]> {
  const { rows } = await sql.query<Row>(CLAIM, [limit, workerId]);
  return rows.flatMap((row) => toDueProbe(row) ?? []);
}

/** Null when the keys were erased meanwhile. */
function toDueProbe(row: Row): DueProbe | null {
  const credential = toPlaceCredential(row);
  if (credential === null) return null;
  return {
    probeId: row.probe_id,
    routingId: row.routing_id,
    destinationVersion: row.destination_version,
    endpoint: row.endpoint,
    bucket: row.bucket,
    prefix: row.prefix,
    region: row.region,
    kmsKeyArn: row.kms_key_arn,
    credential,
    failures: row.failures,
    denials: row.denials,
    firstDenialAgoMs: row.first_denial_ago_ms,
    leftKey: row.left_key,
  };
}
