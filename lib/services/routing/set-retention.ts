import { AppError, invariant } from '@/lib/domain/errors';
import { formatCountOf } from '@/lib/domain/format/count';
import { parseInput } from '@/lib/domain/parse-input';
import { type SetRetentionInput, setRetentionSchema } from '@/lib/domain/routing/retention-input';
import { hasEnded } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from './lock';
import { readRoutingViews } from './read-views';

/**
 * Sets how long a routing holds what it cannot deliver. Where something is older than that already, and would become a
 * gap within a minute, it has to be accepted. Throws FORBIDDEN, VALIDATION (also: a loss that nobody has accepted, with
 * its rows), NOT_FOUND, PRECONDITION (it has ended).
 */
export async function setRetention(given: { ctx: Ctx; input: SetRetentionInput }): Promise<RoutingView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.retention');
  const { routingId, retentionHours, acceptsLoss } = parseInput(setRetentionSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    if (hasEnded(routing.lifecycle))
      throw new AppError('PRECONDITION', 'This routing has ended and can no longer be changed.');
    const lostRows = await rowsTooOld(tx, { routingId, retentionHours });
    if (lostRows > 0 && !acceptsLoss) throw lossNotAccepted(lostRows, retentionHours);
    await tx.$executeRaw`
      UPDATE routing SET retention_hours = ${retentionHours}, updated_at = now() WHERE id = ${routingId}::uuid`;
    if (routing.row.retentionHours !== retentionHours) {
      await emitAudit(tx, {
        actor: ctx.actor,
        organizationId: routing.organizationId,
        action: 'routing.set_retention',
        target: `routing:${routingId}`,
        detail: {
          'retentionHours.before': routing.row.retentionHours,
          'retentionHours.after': retentionHours,
          lostRows,
        },
      });
    }
    const [view] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return view;
  });
}

/** What `delivery.expire_lane` would give up: of lanes that cannot deliver, by whole hours. */
async function rowsTooOld(
  tx: DbTransaction,
  { routingId, retentionHours }: { routingId: string; retentionHours: number },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ rows: number }[]>`
    SELECT coalesce(sum(coalesce(young.rows_before, s.rows_total) - l.rows_done), 0)::float8 AS rows
    FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
    LEFT JOIN LATERAL (
      SELECT k.rows_before FROM log.chunk k
      WHERE k.stream_id = s.id AND k."offset" >= l.done
        AND k.hour >= date_trunc('hour', now() - ${retentionHours}::int * interval '1 hour', 'UTC')
      ORDER BY k."offset" LIMIT 1) young ON true
    WHERE l.routing_id = ${routingId}::uuid AND s.next_offset > l.done AND s.type <> 'segment'
      AND s.type = ANY (r.data_types)
      AND (NOT l.running OR l.held_cause IS NOT NULL OR (l.failures > 0 AND r.health IN ('blocked', 'failing')))`;
  return row?.rows ?? 0;
}

function lossNotAccepted(rows: number, hours: number): AppError {
  const message = `${formatCountOf(rows, 'undelivered event')} are older than ${hours} hours and would become a gap within a minute. Accept that, or choose a longer time.`;
  return new AppError('VALIDATION', 'Some fields need your attention.', {
    issues: [{ field: 'acceptsLoss', message }],
  });
}
