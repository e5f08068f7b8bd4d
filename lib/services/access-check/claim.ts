import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import type { Sql } from '@/lib/platform/sql';

/** How a check gets in: as delivery does. */
export type CheckCredential =
  | { readonly kind: 'keys'; readonly sealed: SealedCredentialRow | null }
  | { readonly kind: 'role'; readonly roleArn: string; readonly externalId: string };

export interface ClaimedCheck {
  readonly id: string;
  readonly round: number;
  readonly organizationId: string;
  readonly routingId: string;
  readonly destinationVersion: number;
  /** It ended in vain and tries by itself: nothing of it is due yet. */
  readonly isRetry: boolean;
  /** Since a fix was copied, ms; null when none was. */
  readonly sinceCopiedMs: number | null;
  readonly sinceRequestedMs: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly kmsKeyArn: string | null;
  readonly ownerAccountId: string | null;
  readonly credential: CheckCredential;
  /** What earlier rounds found out. */
  readonly accountId: string | null;
  readonly principalArn: string | null;
  /** Proven to own the bucket. */
  readonly foundOwnerId: string | null;
  readonly testFileKey: string | null;
}

interface Row {
  readonly id: string;
  readonly round: number;
  readonly organization_id: string;
  readonly routing_id: string;
  readonly destination_version: number;
  readonly is_retry: boolean;
  readonly since_copied_ms: number | null;
  readonly since_requested_ms: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly kms_key_arn: string | null;
  readonly owner_account_id: string | null;
  readonly found_owner_id: string | null;
  readonly account_id: string | null;
  readonly principal_arn: string | null;
  readonly test_file_key: string | null;
  readonly external_id: string;
  readonly credential_id: string;
  readonly credential_version: number;
  readonly role_arn: string | null;
  readonly access_key_id_sealed: Buffer | null;
  readonly secret_access_key_sealed: Buffer | null;
}

const CLAIM = `WITH due AS (
    SELECT c.id, c.state = 'failed' AS is_retry FROM access_check c
    WHERE c.id = $1 AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
      AND (c.state = 'running' OR (c.state = 'failed' AND c.next_try_at <= clock_timestamp()))
    FOR UPDATE
  ), claimed AS (
    UPDATE access_check c SET state = 'running', round = c.round + 1, next_try_at = NULL,
      lease_until = clock_timestamp() + $2 * interval '1 ms', started_at = coalesce(c.started_at, clock_timestamp())
    FROM due WHERE c.id = due.id RETURNING c.*, due.is_retry
  )
  SELECT c.id, c.round, c.organization_id, c.routing_id, c.destination_version, c.is_retry, c.account_id,
    c.principal_arn, c.test_file_key, c.owner_account_id AS found_owner_id, extract(epoch FROM clock_timestamp() - c.copied_at)::float8 * 1000 AS since_copied_ms,
    extract(epoch FROM clock_timestamp() - c.requested_at)::float8 * 1000 AS since_requested_ms,
    d.endpoint, d.bucket, d.prefix, d.region, d.kms_key_arn, d.owner_account_id, o.external_id,
    k.id AS credential_id, k.version AS credential_version, k.role_arn, k.access_key_id_sealed, k.secret_access_key_sealed
  FROM claimed c
  JOIN destination d ON d.routing_id = c.routing_id AND d.version = c.destination_version
  JOIN organization o ON o.id = c.organization_id
  JOIN credential k ON k.organization_id = d.organization_id AND k.id = d.credential_id`;

/** Takes a check for a while; null when nothing of it is due, or it is somebody else's. */
export async function claimAccessCheck(
  sql: Sql,
  { accessCheckId, leaseMs }: { readonly accessCheckId: string; readonly leaseMs: number },
): Promise<ClaimedCheck | null> {
  const { rows } = await sql.query<Row>(CLAIM, [accessCheckId, leaseMs]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    round: row.round,
    organizationId: row.organization_id,
    routingId: row.routing_id,
    destinationVersion: row.destination_version,
    isRetry: row.is_retry,
    sinceCopiedMs: row.since_copied_ms,
    sinceRequestedMs: row.since_requested_ms,
    endpoint: row.endpoint,
    bucket: row.bucket,
    prefix: row.prefix,
    region: row.region,
    kmsKeyArn: row.kms_key_arn,
    ownerAccountId: row.owner_account_id,
    accountId: row.account_id,
    principalArn: row.principal_arn,
    foundOwnerId: row.found_owner_id,
    testFileKey: row.test_file_key,
    credential: credentialOf(row),
  };
}

function credentialOf(row: Row): CheckCredential {
  if (row.role_arn !== null) return { kind: 'role', roleArn: row.role_arn, externalId: row.external_id };
  const { access_key_id_sealed: accessKeyIdSealed, secret_access_key_sealed: secretAccessKeySealed } = row;
  // Erased: an archived routing is not checked, but a check may still be on its way.
  if (accessKeyIdSealed === null || secretAccessKeySealed === null) return { kind: 'keys', sealed: null };
  const place = { organizationId: row.organization_id, routingId: row.routing_id };
  const credential = { credentialId: row.credential_id, version: row.credential_version };
  return { kind: 'keys', sealed: { ...place, ...credential, accessKeyIdSealed, secretAccessKeySealed } };
}
