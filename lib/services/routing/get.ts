import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { readRoutingViews } from './read-views';

/** One routing as it is now. Throws NOT_FOUND for one the actor does not see. */
export async function getRouting(given: { ctx: Ctx; input: RoutingIdInput }): Promise<RoutingView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  const { organizationId } = ctx.actor;
  const [view] = await readRoutingViews(ctx.db, { routingId, organizationId, limit: 1 });
  if (view === undefined) throw notFound('routing');
  return view;
}
