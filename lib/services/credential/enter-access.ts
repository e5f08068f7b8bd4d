import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type EnterAccessInput, enterAccessSchema } from '@/lib/domain/routing/input';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import type { RoutingSaved } from '@/lib/services/routing/create';
import { lockRouting } from '@/lib/services/routing/lock';
import { readRoutingViews } from '@/lib/services/routing/read-views';
import { requireEditable } from '@/lib/services/routing/require-editable';
import { requireOpenWay } from './require-role-way';
import { storeAccess } from './store-access';

/**
 * Gives a routing its access, keys or a role, the first one or a new one, for the place it delivers to. What waited for them
 * becomes a draft; of a running routing every back-off and hold ends, so that a held cut is tried with them at once.
 * Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION (it has ended), CONFLICT (somebody else changed it).
 */
export async function enterAccess(given: { ctx: Ctx; input: EnterAccessInput }): Promise<RoutingSaved> {
  const { ctx } = given;
  requirePermission(ctx, 'access.enter');
  const input = parseInput(enterAccessSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, input.routingId);
    requireEditable(routing, input.version, 'access');
    // Who asked the customer for one way may take the other one all the same.
    if (ctx.actor.organizationId !== null) requireOpenWay(ctx, routing, input.kind);
    await storeAccess(tx, { ctx, routing, access: input });
    const [view] = await readRoutingViews(tx, { routingId: routing.id, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return { routing: view, notices: pastedNotices(given.input) };
  });
}
