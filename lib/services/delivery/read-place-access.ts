import type { Sql } from '@/lib/platform/sql';
import type { FilePlace, PlaceAccess } from './delivery-ledger';

interface Row {
  readonly region: string;
  readonly kms_key_arn: string | null;
  readonly owner_account_id: string | null;
  readonly organization_id: string;
  readonly routing_id: string;
  readonly credential_id: string;
  readonly version: number;
  readonly access_key_id_sealed: Buffer;
  readonly secret_access_key_sealed: Buffer;
}

const NEWEST = `SELECT d.region, d.kms_key_arn, d.owner_account_id, c.organization_id, c.routing_id, c.id AS credential_id, c.version,
    c.access_key_id_sealed, c.secret_access_key_sealed
  FROM destination d JOIN credential c ON c.organization_id = d.organization_id AND c.id = d.credential_id
  WHERE d.routing_id = $1 AND d.endpoint = $2 AND d.bucket = $3 AND d.adopted_at IS NOT NULL
    AND c.secret_access_key_sealed IS NOT NULL ORDER BY d.version DESC LIMIT 1`;

/**
 * How the file's place is written to now: by the newest adopted version that names it; the place itself stays what the
 * seal says. Null when there is none, or its keys were erased.
 */
export async function readPlaceAccess(sql: Sql, file: FilePlace): Promise<PlaceAccess | null> {
  const { rows } = await sql.query<Row>(NEWEST, [file.routingId, file.endpoint, file.bucket]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    region: row.region,
    kmsKeyArn: row.kms_key_arn,
    ...(row.owner_account_id === null ? {} : { ownerAccountId: row.owner_account_id }),
    credential: {
      organizationId: row.organization_id,
      routingId: row.routing_id,
      credentialId: row.credential_id,
      version: row.version,
      accessKeyIdSealed: row.access_key_id_sealed,
      secretAccessKeySealed: row.secret_access_key_sealed,
    },
  };
}
