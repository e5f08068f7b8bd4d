import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import type { FilePlace } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';

/** How the file's place is written to now, read anew for each PUT; null when its credential cannot be opened. */
export async function openAccess(
  deps: Pick<DeliveryDeps, 'ledger' | 'openCredential' | 'logger'>,
  file: FilePlace,
): Promise<ObjectAccess | null> {
  const access = await deps.ledger.readPlaceAccess(file);
  if (access === null) return null;
  const { credential, ...how } = access;
  try {
    return { ...how, credential: await deps.openCredential(credential) };
  } catch (err) {
    deps.logger.error({ err, routingId: file.routingId }, 'A credential cannot be opened');
    return null;
  }
}
