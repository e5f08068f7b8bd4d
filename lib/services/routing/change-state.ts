import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import { historyLabel } from '@/lib/domain/routing/label';
import { startsFrom } from '@/lib/domain/routing/start-rule';
import { healthSchema } from '@/lib/domain/routing/state';
import { planTransition, type RoutingWish } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { fenceLanes } from './fence-lanes';
import { lockRouting } from './lock';
import { readRoutingViews } from './read-views';
import { recordTransition } from './record-transition';

/**
 * What start, pause and resume have in common: plan, write intent and lifecycle, fence the lanes, record.
 * The worker then settles the transitional state. Throws FORBIDDEN, NOT_FOUND, CONFLICT (it is so already), PRECONDITION.
 */
export async function changeRoutingState(given: {
  ctx: Ctx;
  input: RoutingIdInput;
  wish: RoutingWish;
  withoutCheck?: boolean;
}): Promise<RoutingView> {
  const { ctx, wish, withoutCheck = false } = given;
  requirePermission(ctx, `routing.${wish}`);
  const { routingId } = parseInput(routingIdSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    const isVerified = routing.destination.verifiedAt !== null;
    const planned =
      wish === 'start' ? startsFrom(routing.lifecycle, { isVerified, withoutCheck }) : routing.lifecycle;
    const plan = planTransition(planned, wish);
    if (plan.kind === 'refused') throw new AppError(plan.code, plan.sentence);
    const { organizationId } = routing;
    const health = healthSchema.parse(routing.row.health);
    const from = historyLabel({ lifecycle: routing.lifecycle, health });
    const to = historyLabel({ lifecycle: plan.lifecycle, health });
    await tx.$executeRaw`
      UPDATE routing SET intent = ${plan.intent}, lifecycle = ${plan.lifecycle}, state_since = now(), updated_at = now()
      WHERE id = ${routingId}::uuid`;
    // A pause leaves holds alone; whoever starts or resumes has looked at them.
    await fenceLanes(tx, routingId, { clearHold: wish !== 'pause' });
    await recordTransition(tx, { organizationId, routingId, from, to, cause: wish, actor: ctx.actor });
    const entry = { actor: ctx.actor, organizationId, target: `routing:${routingId}` };
    const isUnchecked = planned !== routing.lifecycle && !isVerified;
    await emitAudit(tx, {
      ...entry,
      action: `routing.${wish}`,
      ...(isUnchecked ? { detail: { withoutCheck: true } } : {}),
    });
    const [view] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return view;
  });
}
