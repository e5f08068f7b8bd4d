import { parseInput } from '@/lib/domain/parse-input';
import { type ListRoutingsInput, listRoutingsSchema } from '@/lib/domain/routing/list';
import type { ListedRouting } from '@/lib/domain/routing/listed-routing';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';
import { readDayFigures } from '@/lib/services/latency/read-day-figures';
import { findListedIds } from './find-listed-ids';
import { findStuckIds } from './find-stuck-ids';
import { readStateGroups } from './read-state-groups';
import { readRoutingViews } from './read-views';

export interface RoutingPage {
  readonly routings: ListedRouting[];
  /** How many routings match on all pages together. */
  readonly total: number;
  /** Place of the first one among them, from 0. */
  readonly offset: number;
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** A page of a view of the routings the actor sees. Throws VALIDATION, and NOT_FOUND for a foreign organization. */
export async function listRoutings(given: { ctx: Ctx; input: ListRoutingsInput }): Promise<RoutingPage> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'routing.see');
  const query = parseInput(listRoutingsSchema, given.input);
  if (query.organizationId !== undefined) {
    requireOrganization(given.ctx, query.organizationId, 'organization');
  }
  const organizationId = query.organizationId ?? actor.organizationId;
  const stuckIds = await findStuckIds(db, organizationId);
  const groups = await readStateGroups(db, organizationId, stuckIds);
  const search = { query, role: actor.role, organizationId, groups, stuckIds };
  const { total, offset, ids } = await findListedIds(db, search);
  const routingIds = ids.slice(0, query.limit);
  const [views, days] = await Promise.all([
    readRoutingViews(db, { routingIds, organizationId, limit: query.limit }),
    readDayFigures(db, routingIds),
  ]);
  const byId = new Map(views.map((view) => [view.id, { ...view, day: days.get(view.id) ?? null }]));
  return {
    routings: routingIds.flatMap((id) => byId.get(id) ?? []),
    total,
    offset,
    nextCursor: ids.length > query.limit ? (routingIds.at(-1) ?? null) : null,
  };
}
