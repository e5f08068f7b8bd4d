import { placesCollide } from '@/lib/domain/destination/places-collide';
import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';

export interface RoutingPlace {
  readonly organizationId: string;
  readonly routingId: string;
  readonly endpoint: string;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
}

/**
 * Throws CONFLICT when another routing's proven place would mix with this one. Of another organization nothing is
 * said, not even that it is there. Holds the bucket's lock until the transaction ends.
 */
export async function requireFreePlace(tx: DbTransaction, place: RoutingPlace): Promise<void> {
  const { endpoint, bucket, prefix, organizationId, routingId } = place;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`place ${endpoint} ${bucket}`}, 0))`;
  const reserved = await tx.placeReservation.findMany({
    where: { endpoint, bucket, NOT: { routingId } },
    include: { routing: { select: { name: true } } },
  });
  const taken = reserved.filter((other) => placesCollide(other.prefix, prefix));
  if (taken.length === 0) return;
  const own = taken.find((other) => other.organizationId === organizationId);
  throw new AppError(
    'CONFLICT',
    own === undefined
      ? 'This bucket and prefix cannot be used. Choose another prefix, or talk to us.'
      : `The routing “${own.routing.name}” delivers to this bucket and prefix already. Choose another prefix, or archive that routing first.`,
  );
}

/** Keeps a proven place for its routing. Throws CONFLICT as `requireFreePlace` does. */
export async function reservePlace(tx: DbTransaction, place: RoutingPlace): Promise<void> {
  await requireFreePlace(tx, place);
  const { endpoint, bucket, prefix, organizationId, routingId } = place;
  await tx.placeReservation.createMany({
    data: [{ endpoint, bucket, prefix, organizationId, routingId }],
    skipDuplicates: true,
  });
}
