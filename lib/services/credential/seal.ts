import type { AccessKeys } from '@/lib/domain/destination/access-key';
import { credentialAad } from '@/lib/platform/secret-box/credential-aad';
import type { Sealer } from '@/lib/platform/secret-box/sealer';

export interface CredentialPlace {
  readonly organizationId: string;
  readonly routingId: string;
  readonly credentialId: string;
  readonly version: number;
}

/** The columns of a `credential` row, sealed to exactly this row; from here on only a worker can read the keys. */
export async function sealCredential(sealer: Sealer, place: CredentialPlace, keys: AccessKeys) {
  const seal = async (field: keyof AccessKeys) =>
    new Uint8Array(await sealer.seal(keys[field], credentialAad({ ...place, field })));
  return {
    id: place.credentialId,
    organizationId: place.organizationId,
    routingId: place.routingId,
    version: place.version,
    keyId: sealer.keyId,
    accessKeyIdSealed: await seal('accessKeyId'),
    secretAccessKeySealed: await seal('secretAccessKey'),
    accessKeyIdLast4: keys.accessKeyId.slice(-4),
  };
}
