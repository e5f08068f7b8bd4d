import type { PlaceCredential } from './delivery-ledger';

/** A row of `credential` beside its organization's external id and the prefixes of its place. */
export interface CredentialColumns {
  readonly organization_id: string;
  readonly routing_id: string;
  readonly credential_id: string;
  readonly version: number;
  readonly access_key_id_sealed: Buffer | null;
  readonly secret_access_key_sealed: Buffer | null;
  readonly role_arn: string | null;
  readonly external_id: string;
  readonly prefixes: readonly string[];
}

/** The access that a row holds; null when its keys were erased. */
export function toPlaceCredential(row: CredentialColumns): PlaceCredential | null {
  const { role_arn: roleArn, external_id: externalId, prefixes } = row;
  if (roleArn !== null) return { kind: 'role', roleArn, externalId, prefixes };
  const { access_key_id_sealed: accessKeyIdSealed, secret_access_key_sealed: secretAccessKeySealed } = row;
  if (accessKeyIdSealed === null || secretAccessKeySealed === null) return null;
  return {
    kind: 'keys',
    organizationId: row.organization_id,
    routingId: row.routing_id,
    credentialId: row.credential_id,
    version: row.version,
    accessKeyIdSealed,
    secretAccessKeySealed,
  };
}
