import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import { accessInputFaults, type GivenAccess } from '@/lib/domain/destination/access-input';
import { accountOfArn } from '@/lib/domain/destination/arn-account';
import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { leaveAwaiting } from '@/lib/services/routing/leave-awaiting';
import type { LockedRouting } from '@/lib/services/routing/lock';
import { newDestinationVersion } from '@/lib/services/routing/new-destination-version';
import { requireForeignAccount } from './require-foreign-account';
import { requireOpenWay, requireRoleWay } from './require-role-way';

interface NewAccess {
  readonly ctx: Pick<Ctx, 'sealer' | 'roleWay'> & { readonly actor: RecordedActor };
  readonly routing: LockedRouting;
  readonly access: GivenAccess;
  /** The AWS account that owns the bucket, where whoever gives access names it. */
  readonly ownerAccountId?: string;
}

/**
 * Stores access for the place of a locked routing as a new destination version, and returns that. It is checked by
 * itself; where somebody has started, it is adopted once the check has passed. Throws VALIDATION for access that cannot
 * be of the place.
 */
export async function storeAccess(tx: DbTransaction, given: NewAccess): Promise<number> {
  const { ctx, routing, access, ownerAccountId } = given;
  const place = routing.candidate ?? routing.destination;
  if (place.bucket === '') throw noPlaceYet();
  if (ctx.actor.kind === 'hand_over_link') requireOpenWay(ctx, routing, access.kind);
  requireAccessOf(ctx, place.endpoint, access);
  requireForeignAccount(ctx, { field: 'ownerAccountId', accountId: ownerAccountId ?? null });
  const { version, isAdopted } = await newDestinationVersion(tx, {
    ctx,
    routing,
    place,
    access,
    ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
  });
  const inUse = isAdopted ? version : routing.row.destinationVersion;
  await tx.$executeRaw`
    UPDATE routing SET destination_version = ${inUse}, version = version + 1, updated_at = now()
    WHERE id = ${routing.id}::uuid`;
  await leaveAwaiting(tx, ctx, routing);
  const checked = {
    organizationId: routing.organizationId,
    routingId: routing.id,
    destinationVersion: version,
  };
  await requestAccessCheck(tx, { ...checked, requestedBy: actorRef(ctx.actor) });
  await emitAudit(tx, {
    actor: ctx.actor,
    organizationId: routing.organizationId,
    action: 'routing.enter_access',
    target: `routing:${routing.id}`,
    detail: {
      ...accessDetail(place.credential, access),
      destinationVersion: version,
    },
  });
  return version;
}

function noPlaceYet(): AppError {
  return new AppError(
    'PRECONDITION',
    'The bucket has not been named yet. Name it first: access is for one place.',
  );
}

/** Before and after, of what people may see: the last four signs of keys, the whole ARN of a role. */
function accessDetail(
  before: { readonly accessKeyIdLast4: string | null; readonly roleArn: string | null } | null,
  access: GivenAccess,
) {
  const { accessKeyIdLast4 = null, roleArn = null } = before ?? {};
  const keys = {
    'accessKeyIdLast4.before': accessKeyIdLast4,
    'accessKeyIdLast4.after': access.kind === 'keys' ? access.accessKeyId.slice(-4) : null,
  };
  if (access.kind === 'keys' && roleArn === null) return keys;
  return {
    ...keys,
    'roleArn.before': roleArn,
    'roleArn.after': access.kind === 'role' ? access.roleArn : null,
  };
}

function requireAccessOf(ctx: Pick<Ctx, 'roleWay'>, endpoint: string, access: GivenAccess): void {
  if (access.kind === 'role') {
    requireRoleWay(ctx, endpoint);
    requireForeignAccount(ctx, { field: 'roleArn', accountId: accountOfArn(access.roleArn) });
  }
  const faults = accessInputFaults(access, endpoint === '');
  const issues = faults.map(([field, message]) => ({ field, message }));
  if (issues.length > 0) throw new AppError('VALIDATION', 'Some fields need your attention.', { issues });
}
