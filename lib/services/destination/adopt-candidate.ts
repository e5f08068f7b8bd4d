import { actorRef } from '@/lib/domain/access/actor';
import type { DestinationVersionInput } from '@/lib/domain/destination/version-input';
import { AppError } from '@/lib/domain/errors';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { inVersion } from './in-version';
import { requireFreePlace } from './require-free-place';

const WITHOUT_CHECK = JSON.stringify({ withoutCheck: true });

/**
 * Puts a candidate into use whatever its check says, which the audit keeps. Throws as `inVersion` does, PRECONDITION for
 * what is no candidate or has compromised access, and CONFLICT for a place that another routing has proven.
 */
export async function adoptCandidate(given: {
  ctx: Ctx;
  input: DestinationVersionInput;
}): Promise<RoutingView> {
  const { ctx } = given;
  return inVersion({ ...given, permission: 'routing.start' }, async (tx, { routing, destination }) => {
    const { organizationId, routingId, endpoint, bucket, prefix, version } = destination;
    await requireFreePlace(tx, { organizationId, routingId, endpoint, bucket, prefix });
    const [answer] = await tx.$queryRaw<{ adopted: boolean }[]>`
      SELECT adopt_destination(${routing.id}::uuid, ${version}, ${actorRef(ctx.actor)}, ${WITHOUT_CHECK}::jsonb) AS adopted`;
    if (answer?.adopted === true) return;
    throw new AppError(
      'PRECONDITION',
      'This version does not wait to be used any more, or its access is compromised. Reload to see it as it is now.',
    );
  });
}
