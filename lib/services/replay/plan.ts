import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { routingRefusal } from '@/lib/domain/replay/plan-refusal';
import { type PlanReplayInput, planReplaySchema } from '@/lib/domain/replay/replay-input';
import type { ReplayPlan } from '@/lib/domain/replay/view';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readPlan } from './read-plan';

/**
 * What a replay would do, as far as ledger and log know; writes nothing. Throws FORBIDDEN, VALIDATION, NOT_FOUND, and
 * PRECONDITION with what to do for a routing that cannot be replayed as it is now.
 */
export async function planReplay(given: { ctx: Ctx; input: PlanReplayInput }): Promise<ReplayPlan> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.replay');
  const { routingId, types, from, to, mode } = parseInput(planReplaySchema, given.input);
  const routing = await requireRouting(ctx, routingId);
  const destination = await ctx.db.destination.findUnique({
    where: { routingId_version: { routingId, version: routing.destinationVersion } },
    select: { bucket: true, prefix: true, credentialId: true },
  });
  const refusal = routingRefusal({
    lifecycle: lifecycleSchema.parse(routing.lifecycle),
    hasAccess: (destination?.credentialId ?? null) !== null,
  });
  if (refusal !== null || destination === null) {
    throw new AppError('PRECONDITION', refusal ?? 'This routing has no destination.');
  }
  await requirePast(ctx, to);
  const { bucket, prefix } = destination;
  return {
    mode,
    types,
    from,
    to,
    place: mode === 'copy' ? { bucket, prefix: `${prefix}_replay/` } : null,
    ...(await readPlan(ctx, { routingId, types, from, to })),
  };
}

/** The present hour is the last one that a range may hold, by the database's clock. */
async function requirePast({ db }: Pick<Ctx, 'db'>, to: string): Promise<void> {
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (clock === undefined || Date.parse(to) <= clock.now.getTime() + HOUR_MS) return;
  const message = 'The range ends in the future. End it with the present hour at the latest.';
  throw new AppError('VALIDATION', message, { issues: [{ field: 'to', message }] });
}
