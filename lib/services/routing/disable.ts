import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import {
  type DisableRoutingInput,
  defaultDrainMinutes,
  disableRoutingSchema,
  drainFault,
} from '@/lib/domain/routing/ending-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { endState } from './end-state';
import { fenceLanes } from './fence-lanes';
import { lockRouting } from './lock';
import { readRoutingViews } from './read-views';

/**
 * Ends a routing at the heads of its streams as they are now. Drain: its lanes run until everything before that is
 * delivered, at most until the deadline, when what is left becomes a gap. Discard: no seal or PUT starts after this
 * commit, and what is left becomes a gap once no PUT is in flight; also of a routing that drains. `disabled` follows.
 * Throws FORBIDDEN, VALIDATION, NOT_FOUND, CONFLICT (it is so already), PRECONDITION.
 */
export async function disableRouting(given: { ctx: Ctx; input: DisableRoutingInput }): Promise<RoutingView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.disable');
  const { routingId, mode, reason, ...input } = parseInput(disableRoutingSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    const { retentionHours } = routing.row;
    const drainMinutes =
      mode === 'discard' ? null : (input.drainMinutes ?? defaultDrainMinutes(retentionHours));
    const fault = drainMinutes === null ? null : drainFault(drainMinutes, retentionHours);
    if (fault !== null)
      throw new AppError('VALIDATION', 'Some fields need your attention.', {
        issues: [{ field: 'drainMinutes', message: fault }],
      });
    await endState(tx, ctx, { routing, kind: mode, reason, drainMinutes });
    await fenceLanes(tx, routingId, { clearHold: false });
    await tx.$executeRaw`SELECT delivery.set_lane_ends(${routingId}::uuid)`;
    const [view] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(view, 'a locked routing can be read');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.disable',
      target: `routing:${routingId}`,
      detail: {
        mode,
        reason,
        drainUntil: view.drainUntil,
        pendingRows: view.pendingRows,
        pendingBytes: view.pendingBytes,
      },
    });
    return view;
  });
}
