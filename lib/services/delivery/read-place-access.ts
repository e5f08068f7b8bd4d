import type { Sql } from '@/lib/platform/sql';
import type { FilePlace, PlaceAccess } from './delivery-ledger';
import { type CredentialColumns, toPlaceCredential } from './to-place-credential';

interface Row extends CredentialColumns {
  readonly region: string;
  readonly kms_key_arn: string | null;
  readonly owner_account_id: string | null;
}

const NEWEST = `SELECT d.region, d.kms_key_arn, d.owner_account_id, c.organization_id, c.routing_id,
    c.id AS credential_id, c.version, c.access_key_id_sealed, c.secret_access_key_sealed, c.role_arn, o.external_id,
    (SELECT array_agg(DISTINCT p.prefix ORDER BY p.prefix) FROM destination p
      WHERE p.routing_id = d.routing_id AND p.endpoint = d.endpoint AND p.bucket = d.bucket
        AND p.adopted_at IS NOT NULL) AS prefixes
  FROM destination d JOIN credential c ON c.organization_id = d.organization_id AND c.id = d.credential_id
    JOIN organization o ON o.id = d.organization_id
  WHERE d.routing_id = $1 AND d.endpoint = $2 AND d.bucket = $3 AND d.adopted_at IS NOT NULL
    AND c.erased_at IS NULL ORDER BY d.version DESC LIMIT 1`;

/**
 * How the file's place is written to now: by the newest adopted version that names it; the place itself stays what the
 * seal says. Null when there is none, or its access was erased.
 */
export async function readPlaceAccess(sql: Sql, file: FilePlace): Promise<PlaceAccess | null> {
  const { rows } = await sql.query<Row>(NEWEST, [file.routingId, file.endpoint, file.bucket]);
  const row = rows[0];
  const credential = row === undefined ? null : toPlaceCredential(row);
  if (row === undefined || credential === null) return null;
  return {
    region: row.region,
    kmsKeyArn: row.kms_key_arn,
    ...(row.owner_account_id === null ? {} : { ownerAccountId: row.owner_account_id }),
    credential,
  };
}
