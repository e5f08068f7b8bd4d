import type { FilePlace, PlaceAccess } from '@/lib/services/delivery/delivery-ledger';
import { type MemoryState, rowOf } from './memory-state';

/** How the file's place is written to now. The credential's two fields are the keys themselves, as UTF-8. */
export function readPlaceAccess(state: MemoryState, file: FilePlace): PlaceAccess | null {
  const { routingId, endpoint, bucket } = file;
  const place = state.destinations.findLast(
    (version) =>
      version.routingId === routingId &&
      version.endpoint === endpoint &&
      version.bucket === bucket &&
      version.isAdopted &&
      version.credentialId !== null &&
      !rowOf(state.credentials, version.credentialId).isErased,
  );
  if (place === undefined || place.credentialId === null) return null;
  const credential = rowOf(state.credentials, place.credentialId);
  const { organizationId } = rowOf(state.workspaces, rowOf(state.routings, routingId).workspaceId);
  return {
    region: place.region,
    kmsKeyArn: place.kmsKeyArn,
    credential: {
      kind: 'keys',
      organizationId,
      routingId,
      credentialId: credential.id,
      version: credential.version,
      accessKeyIdSealed: Buffer.from(credential.accessKeyId),
      secretAccessKeySealed: Buffer.from(credential.secretAccessKey),
    },
  };
}
