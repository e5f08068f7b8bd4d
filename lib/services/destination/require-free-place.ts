import { placeTakenSentence } from '@/lib/domain/destination/place-taken';
import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';
import { type PlaceConflict, type RoutingPlace, takenByOf } from './place-conflict';

/**
 * Throws CONFLICT when another routing's proven place would mix with this one. Of another organization nothing is
 * said, not even that it is there. Holds the bucket's lock until the transaction ends: lock the routing before.
 */
export async function requireFreePlace(tx: DbTransaction, place: RoutingPlace): Promise<void> {
  const sentence = await whyPlaceTaken(tx, place);
  if (sentence === null) return;
  throw new AppError('CONFLICT', sentence, { issues: [{ field: 'prefix', message: sentence }] });
}

/** The same as a sentence for whoever writes; null while nobody else has the place. Holds the bucket's lock as well. */
export async function whyPlaceTaken(tx: DbTransaction, place: RoutingPlace): Promise<string | null> {
  const { organizationId, routingId, endpoint, bucket, prefix } = place;
  const [conflict] = await tx.$queryRaw<PlaceConflict[]>`
    SELECT * FROM find_place_conflict(${organizationId}::uuid, ${routingId}::uuid, ${endpoint}, ${bucket}, ${prefix})`;
  return conflict === undefined ? null : placeTakenSentence(takenByOf(conflict));
}
