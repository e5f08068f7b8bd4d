import type { HeldCutView } from '@/lib/domain/delivery/held-cut-view';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readHeldCuts } from './read-held-cuts';

/** What of a routing stands still and may be released. Throws FORBIDDEN, NOT_FOUND. */
export async function listHeldCuts(given: {
  ctx: Ctx;
  input: RoutingIdInput;
}): Promise<{ cuts: HeldCutView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.release');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  return { cuts: await readHeldCuts(ctx.db, routingId) };
}
