import type { LiveMessage, ReadPulsesInput, RoutingPulse } from '@/lib/domain/live/pulse';
import { readPulsesSchema } from '@/lib/domain/live/pulse';
import { revisionOf } from '@/lib/domain/live/revision';
import { parseInput } from '@/lib/domain/parse-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readRoutingViews } from '@/lib/services/routing/read-views';

/**
 * What moves about these routings, as of the database's clock; the revision follows the order they were asked in.
 * Routings the actor does not see are left out.
 */
export async function readLive(given: { ctx: Ctx; input: ReadPulsesInput }): Promise<LiveMessage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingIds } = parseInput(readPulsesSchema, given.input);
  const [clock] = await ctx.db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const { organizationId } = ctx.actor;
  const views =
    routingIds.length === 0
      ? []
      : await readRoutingViews(ctx.db, { routingIds, organizationId, limit: routingIds.length });
  const byId = new Map(views.map((view) => [view.id, view]));
  const ordered = routingIds.flatMap((id) => byId.get(id) ?? []);
  return {
    asOf: (clock?.now ?? new Date()).toISOString(),
    routings: ordered.map(toPulse),
    revision: revisionOf(ordered),
  };
}

function toPulse(view: RoutingView): RoutingPulse {
  const { id, label, freshnessMs, pendingRows, pendingBytes, keptUntil } = view;
  return {
    id,
    label,
    freshnessMs,
    pendingRows,
    pendingBytes,
    keptUntil,
    lastFileAt: view.lastFile?.deliveredAt ?? null,
  };
}
