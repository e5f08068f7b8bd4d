import { AppError } from '@/lib/domain/errors';
import { type HandOverPageInput, type NamePlaceInput, namePlaceSchema } from '@/lib/domain/hand-over/input';
import { parseInput } from '@/lib/domain/parse-input';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requireForeignAccount } from '@/lib/services/credential/require-foreign-account';
import { requireFreePlace } from '@/lib/services/destination/require-free-place';
import { newDestinationVersion } from '@/lib/services/routing/new-destination-version';
import { findOpenLink } from './lock-link';
import { onOpenQuestion } from './on-open-question';

/**
 * Names the bucket of a routing that was made without one, as a new version of its destination; it is confirmed before
 * the start like any other. Throws NOT_FOUND, VALIDATION, CONFLICT (named already, or another's), PRECONDITION.
 */
export async function nameHandOverPlace(given: {
  ctx: Pick<Ctx, 'db' | 'sealer' | 'roleWay'>;
  page: HandOverPageInput;
  input: NamePlaceInput;
}): Promise<void> {
  const { ctx, page } = given;
  // Whoever has no link learns nothing from what is wrong with their input.
  await findOpenLink(ctx.db, page);
  const { bucket, region, prefix, kmsKeyArn, ownerAccountId } = parseInput(namePlaceSchema, given.input);
  requireForeignAccount(ctx, { field: 'ownerAccountId', accountId: ownerAccountId });
  await onOpenQuestion(ctx.db, page, async (tx, { link, routing }) => {
    if (routing.destination.bucket !== '') throw namedAlready();
    const { organizationId, id: routingId } = routing;
    const place = { endpoint: routing.destination.endpoint, bucket, region, prefix, kmsKeyArn };
    await requireFreePlace(tx, { organizationId, routingId, ...place });
    const { version } = await newDestinationVersion(tx, {
      ...{ ctx, routing, place, access: null },
      ...(ownerAccountId === null ? {} : { ownerAccountId }),
    });
    await tx.$executeRaw`
      UPDATE routing SET destination_version = ${version}, version = version + 1, updated_at = now()
      WHERE id = ${routingId}::uuid`;
    await emitAudit(tx, {
      actor: { kind: 'hand_over_link', userId: link.id },
      organizationId,
      action: 'hand-over.name_place',
      target: `routing:${routingId}`,
      detail: { bucket, region, prefix, kmsKeyArn, ownerAccountId, destinationVersion: version },
    });
  });
}

function namedAlready(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody named the bucket while this page was open. Look at what is there now; nothing of yours was stored.',
  );
}
