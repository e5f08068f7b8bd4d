import type { RecordedActor } from '@/lib/domain/access/actor';
import { accessKeysOf } from '@/lib/domain/destination/access-key';
import { AppError } from '@/lib/domain/errors';
import { accessFaults } from '@/lib/domain/routing/fields';
import type { DbTransaction } from '@/lib/platform/db/client';
import { checkGivenAccess } from '@/lib/services/access-check/check-given-access';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { fenceLanes } from '@/lib/services/routing/fence-lanes';
import { leaveAwaiting } from '@/lib/services/routing/leave-awaiting';
import type { LockedRouting } from '@/lib/services/routing/lock';
import { newDestinationVersion } from '@/lib/services/routing/new-destination-version';

interface NewAccess {
  readonly ctx: Pick<Ctx, 'sealer'> & { readonly actor: RecordedActor };
  readonly routing: LockedRouting;
  readonly access: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The AWS account that owns the bucket, where whoever gives access names it. */
  readonly ownerAccountId?: string;
}

/**
 * Stores access for the place of a locked routing as a new destination version, and returns that. Every back-off and
 * hold ends; where nobody has started, it is checked by itself. Throws VALIDATION for keys that cannot be of the place.
 */
export async function storeAccess(tx: DbTransaction, given: NewAccess): Promise<number> {
  const { ctx, routing, access, ownerAccountId } = given;
  const place = routing.destination;
  requireKeysOf(place.endpoint, access);
  const version = await newDestinationVersion(tx, {
    ctx,
    routing,
    place,
    keys: accessKeysOf(access),
    ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
  });
  await tx.$executeRaw`
    UPDATE routing SET destination_version = ${version}, version = version + 1, updated_at = now()
    WHERE id = ${routing.id}::uuid`;
  await leaveAwaiting(tx, ctx, routing);
  await fenceLanes(tx, routing.id, { clearHold: true });
  const { organizationId, lifecycle } = routing;
  const checked = { organizationId, lifecycle, routingId: routing.id, destinationVersion: version };
  await checkGivenAccess(tx, { ...checked, actor: ctx.actor });
  await emitAudit(tx, {
    actor: ctx.actor,
    organizationId: routing.organizationId,
    action: 'routing.enter_access',
    target: `routing:${routing.id}`,
    detail: {
      'accessKeyIdLast4.before': place.credential?.accessKeyIdLast4 ?? null,
      'accessKeyIdLast4.after': access.accessKeyId.slice(-4),
      destinationVersion: version,
    },
  });
  return version;
}

function requireKeysOf(endpoint: string, keys: { accessKeyId: string; secretAccessKey: string }): void {
  const issues = accessFaults({ endpoint, ...keys }).flatMap(([field, message]) =>
    message === null ? [] : [{ field, message }],
  );
  if (issues.length > 0) throw new AppError('VALIDATION', 'Some fields need your attention.', { issues });
}
