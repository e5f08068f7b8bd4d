import { actorRef } from '@/lib/domain/access/actor';
import type { DestinationVersionInput } from '@/lib/domain/destination/version-input';
import { AppError } from '@/lib/domain/errors';
import type { RoutingView } from '@/lib/domain/routing/view';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { newDestinationVersion } from '@/lib/services/routing/new-destination-version';
import { inVersion, type LockedVersion } from './in-version';
import { requireFreePlace } from './require-free-place';

/**
 * Goes back to the place and access of an earlier version, as a new one that is checked first. Throws as `inVersion` does,
 * PRECONDITION for a version in use or waiting, and for access that was erased or is compromised, CONFLICT for a place
 * that another routing has proven since.
 */
export async function reuseVersion(given: {
  ctx: Ctx;
  input: DestinationVersionInput;
}): Promise<RoutingView> {
  const { ctx } = given;
  return inVersion({ ...given, permission: 'destination.change' }, async (tx, locked) => {
    const { routing, destination } = locked;
    const credentialId = requireUsable(locked);
    const { organizationId, id: routingId } = routing;
    await requireFreePlace(tx, { ...destination, organizationId, routingId });
    const { version, isAdopted } = await newDestinationVersion(tx, {
      ...{ ctx, routing, place: destination, access: null, credentialId },
      ...(destination.ownerAccountId === null ? {} : { ownerAccountId: destination.ownerAccountId }),
    });
    const inUse = isAdopted ? version : routing.row.destinationVersion;
    await tx.$executeRaw`
      UPDATE routing SET destination_version = ${inUse}, version = version + 1, updated_at = now()
      WHERE id = ${routingId}::uuid`;
    const wanted = { organizationId, routingId, destinationVersion: version };
    await requestAccessCheck(tx, { ...wanted, requestedBy: actorRef(ctx.actor) });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'destination.reuse',
      target: `routing:${routingId}`,
      detail: { destinationVersion: version, 'destinationVersion.again': destination.version },
    });
  });
}

function requireUsable({ destination, state }: LockedVersion): string {
  const { credential, version } = destination;
  if (state === 'in_use' || state === 'candidate')
    throw new AppError('PRECONDITION', `Version ${version} is in use, or about to be.`);
  if (credential === null || credential.erasedAt !== null)
    throw new AppError(
      'PRECONDITION',
      `Version ${version} has no access any more. Enter new access instead.`,
    );
  if (credential.compromisedAt !== null) {
    throw new AppError(
      'PRECONDITION',
      `The access of version ${version} is marked as compromised and is never used again. Enter new access instead.`,
    );
  }
  return credential.id;
}
