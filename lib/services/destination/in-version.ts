import type { Permission } from '@/lib/domain/access/permissions';
import {
  type DestinationVersionInput,
  destinationVersionSchema,
} from '@/lib/domain/destination/version-input';
import { type VersionState, versionState } from '@/lib/domain/destination/version-state';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { takesAccess } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { type LockedRouting, lockRouting } from '@/lib/services/routing/lock';
import { readRoutingViews } from '@/lib/services/routing/read-views';

export interface LockedVersion {
  readonly routing: LockedRouting;
  readonly destination: NonNullable<Awaited<ReturnType<typeof readVersion>>>;
  readonly state: VersionState;
}

interface Given {
  readonly ctx: Ctx;
  readonly input: DestinationVersionInput;
  readonly permission: Permission;
}

/**
 * Changes a version of a routing's destination under the routing's lock; returns the routing as it is then. Throws
 * FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION (the routing takes no access any more), and what the change throws.
 */
export async function inVersion(
  { ctx, input, permission }: Given,
  change: (tx: DbTransaction, locked: LockedVersion) => Promise<void>,
): Promise<RoutingView> {
  requirePermission(ctx, permission);
  const { routingId, destinationVersion } = parseInput(destinationVersionSchema, input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    const destination = await readVersion(tx, routingId, destinationVersion);
    if (destination === null) throw notFound('version');
    if (!takesAccess(routing.lifecycle))
      throw new AppError('PRECONDITION', 'This routing has ended and can no longer be changed.');
    const state = versionState(destination, routing.row.destinationVersion);
    await change(tx, { routing, destination, state });
    const [view] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return view;
  });
}

function readVersion(tx: DbTransaction, routingId: string, version: number) {
  return tx.destination.findUnique({
    where: { routingId_version: { routingId, version } },
    include: {
      credential: {
        select: { id: true, accessKeyIdLast4: true, roleArn: true, compromisedAt: true, erasedAt: true },
      },
    },
  });
}
