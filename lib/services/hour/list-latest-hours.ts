import type { HourView } from '@/lib/domain/hour/view';
import type { RoutingView } from '@/lib/domain/routing/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Ctx } from '@/lib/services/context';
import { listHours } from './list-hours';

const HOURS = 24;

/** The hour of `now` and the 23 before it, of every data type of the routing that has hours. Throws NOT_FOUND. */
export async function listLatestHours(given: {
  ctx: Ctx;
  routing: Pick<RoutingView, 'id' | 'dataTypes'>;
  now: Date;
}): Promise<HourView[]> {
  const { ctx, routing, now } = given;
  const next = Math.floor(now.getTime() / HOUR_MS + 1) * HOUR_MS;
  const range = {
    from: new Date(next - HOURS * HOUR_MS).toISOString(),
    to: new Date(next).toISOString(),
  };
  const types = routing.dataTypes.filter((type) => type !== 'segment');
  const lists = await Promise.all(
    types.map((type) => listHours({ ctx, input: { routingId: routing.id, type, ...range } })),
  );
  return lists.flatMap(({ hours }) => hours);
}
