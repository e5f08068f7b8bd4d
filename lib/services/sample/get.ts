import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { SampleView } from '@/lib/domain/sample/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readSample } from './read';

/** What the check that passed wrote into the bucket. Throws NOT_FOUND for a routing the actor does not see. */
export async function getSample(given: { ctx: Ctx; input: RoutingIdInput }): Promise<SampleView | null> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  return readSample(ctx.db, { routingId });
}
