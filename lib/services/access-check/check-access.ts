import { actorRef } from '@/lib/domain/access/actor';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { requireChecked } from './in-check';
import { readAccessCheck } from './read';
import { requestAccessCheck } from './request';

/**
 * Begins a check of a routing's candidate, else of the destination in use; one that is going on is its answer. Throws FORBIDDEN, NOT_FOUND,
 * PRECONDITION (no access yet, or the routing has ended).
 */
export async function checkAccess(given: { ctx: Ctx; input: RoutingIdInput }): Promise<AccessCheckView> {
  const { ctx } = given;
  requirePermission(ctx, 'access.check');
  const { routingId } = parseInput(routingIdSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    requireChecked(routing.lifecycle);
    const { organizationId, row, candidate } = routing;
    const destinationVersion = candidate?.version ?? row.destinationVersion;
    const checkId = await requestAccessCheck(tx, {
      organizationId,
      routingId,
      destinationVersion,
      requestedBy: actorRef(ctx.actor),
    });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.check_access',
      target: `routing:${routingId}`,
      detail: { checkId, destinationVersion },
    });
    const view = await readAccessCheck(tx, { routingId, checkId });
    invariant(view, 'a check just begun can be read');
    return view;
  });
}
