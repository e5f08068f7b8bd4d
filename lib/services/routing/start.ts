import { parseInput } from '@/lib/domain/parse-input';
import { type StartRoutingInput, startRoutingSchema } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { changeRoutingState } from './change-state';

/**
 * Starts a routing whose access has passed its check, or a paused one: its lanes open where the routing says and run;
 * `active` follows with the first file. `withoutCheck` starts it whatever the check says, which the audit keeps.
 */
export async function startRouting(given: { ctx: Ctx; input: StartRoutingInput }): Promise<RoutingView> {
  requirePermission(given.ctx, 'routing.start');
  const { routingId, withoutCheck } = parseInput(startRoutingSchema, given.input);
  return changeRoutingState({ ctx: given.ctx, input: { routingId }, wish: 'start', withoutCheck });
}
