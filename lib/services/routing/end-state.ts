import { actorRef } from '@/lib/domain/access/actor';
import { AppError } from '@/lib/domain/errors';
import { historyLabel } from '@/lib/domain/routing/label';
import { healthSchema } from '@/lib/domain/routing/state';
import { type EndingWish, planTransition } from '@/lib/domain/routing/transition';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import type { LockedRouting } from './lock';
import { recordTransition } from './record-transition';

/**
 * Plans an ending wish and writes intent, lifecycle, who wished it and why, with its line in the history; `drainUntil`
 * of a routing that drains. Throws CONFLICT (it is so already), PRECONDITION.
 */
export async function endState(
  tx: DbTransaction,
  ctx: Pick<Ctx, 'actor'>,
  wish: {
    readonly routing: LockedRouting;
    readonly kind: EndingWish;
    readonly reason: string;
    /** Null: at once. */
    readonly drainMinutes: number | null;
  },
): Promise<void> {
  const { routing, kind, reason, drainMinutes } = wish;
  const plan = planTransition(routing.lifecycle, kind);
  if (plan.kind === 'refused') throw new AppError(plan.code, plan.sentence);
  const health = healthSchema.parse(routing.row.health);
  const from = historyLabel({ lifecycle: routing.lifecycle, health });
  const to = historyLabel({ lifecycle: plan.lifecycle, health });
  await tx.$executeRaw`
    UPDATE routing SET intent = ${plan.intent}, lifecycle = ${plan.lifecycle}, updated_at = now(),
      state_since = CASE WHEN ${from} = ${to} THEN state_since ELSE now() END,
      drain_until = CASE WHEN ${kind} = 'archive' THEN drain_until
        ELSE clock_timestamp() + ${drainMinutes ?? 0}::int * interval '1 minute' END,
      ended_by = ${actorRef(ctx.actor)}, end_reason = ${reason}
    WHERE id = ${routing.id}::uuid`;
  if (from === to) return;
  const { organizationId, id: routingId } = routing;
  await recordTransition(tx, { organizationId, routingId, from, to, cause: kind, reason, actor: ctx.actor });
}
