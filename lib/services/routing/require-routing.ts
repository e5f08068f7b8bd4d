import { organizationScope } from '@/lib/domain/access/scope';
import type { Ctx } from '@/lib/services/context';
import { notFound } from '@/lib/services/guard';

/** The row of a routing, for a verb that reads what belongs to it. Throws NOT_FOUND for one the actor does not see. */
export async function requireRouting({ db, actor }: Pick<Ctx, 'db' | 'actor'>, routingId: string) {
  const routing = await db.routing.findFirst({ where: { id: routingId, ...organizationScope(actor) } });
  if (routing === null) throw notFound('routing');
  return routing;
}
