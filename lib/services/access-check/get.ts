import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readAccessCheck } from './read';

/** The newest check of a routing; null before the first one. Throws NOT_FOUND for a routing the actor does not see. */
export async function getAccessCheck(given: {
  ctx: Ctx;
  input: RoutingIdInput;
}): Promise<AccessCheckView | null> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  return readAccessCheck(ctx.db, { routingId });
}
