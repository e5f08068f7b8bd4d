import { type RetryInput, retrySchema } from '@/lib/domain/delivery/release-input';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { readRoutingViews } from '@/lib/services/routing/read-views';

/**
 * Lets go of what stands still until a person has looked, and of every back-off: it is tried again at once, at the
 * same place. Throws FORBIDDEN, NOT_FOUND, PRECONDITION (nothing is held, nor waits for its next try).
 */
export async function retryHeld(given: { ctx: Ctx; input: RetryInput }): Promise<RoutingView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.release');
  const { routingId, laneId = null } = parseInput(retrySchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    await tx.$executeRaw`SELECT 1 FROM lane WHERE routing_id = ${routing.id}::uuid ORDER BY id FOR NO KEY UPDATE`;
    const lanes = await tx.$queryRaw<{ id: number; held_cause: string | null }[]>`
      SELECT id::float8 AS id, held_cause FROM lane
      WHERE routing_id = ${routing.id}::uuid AND (${laneId}::bigint IS NULL OR id = ${laneId}::bigint)
        AND running AND (held_cause IS NOT NULL OR not_before > clock_timestamp())
      ORDER BY id`;
    if (lanes.length === 0)
      throw new AppError('PRECONDITION', 'Nothing of this routing is held or waits for its next try.');
    await tx.$executeRaw`
      UPDATE lane SET held_cause = NULL, not_before = NULL, failures = 0, epoch = epoch + 1
      WHERE id = ANY (${lanes.map(({ id }) => id)}::bigint[])`;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.retry',
      target: `routing:${routing.id}`,
      detail: {
        lanes: lanes.map(({ id }) => String(id)),
        heldCauses: [...new Set(lanes.flatMap(({ held_cause }) => held_cause ?? []))],
      },
    });
    const [view] = await readRoutingViews(tx, { routingId: routing.id, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return view;
  });
}
