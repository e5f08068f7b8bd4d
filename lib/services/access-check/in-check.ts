import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { AppError, invariant } from '@/lib/domain/errors';
import type { Lifecycle } from '@/lib/domain/routing/state';
import { takesAccess } from '@/lib/domain/routing/transition';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import type { NamedCheck } from './lock-newest';
import { readAccessCheck } from './read';

/** Throws PRECONDITION for a routing that takes no access any more: nobody looks at it. One that drains may need new. */
export function requireChecked(lifecycle: Lifecycle): void {
  if (!takesAccess(lifecycle))
    throw new AppError('PRECONDITION', 'This routing has ended: its access is not checked any more.');
}

/** Changes a check of a routing that the actor may check, under the routing's lock; returns the check as it is then. */
export async function inCheck(
  ctx: Ctx,
  { routingId, checkId }: NamedCheck,
  change: (tx: DbTransaction, organizationId: string) => Promise<void>,
): Promise<AccessCheckView> {
  requirePermission(ctx, 'access.check');
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId, lifecycle } = await lockRouting(tx, ctx, routingId);
    requireChecked(lifecycle);
    await change(tx, organizationId);
    const view = await readAccessCheck(tx, { routingId, checkId });
    invariant(view, 'a check that was changed can be read');
    return view;
  });
}
