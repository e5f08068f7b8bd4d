import { type RoutingLabel, routingLabel } from '@/lib/domain/routing/label';
import { type ListView, listViewSchema, type ViewCounts } from '@/lib/domain/routing/list';
import { isInView } from '@/lib/domain/routing/list-views';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { findStuckIds } from './find-stuck-ids';
import { readStateGroups, type StateGroup } from './read-state-groups';

interface CountedViews {
  readonly views: ViewCounts;
  /** How many routings outside a view carry each label; labels that none carries are left out. */
  readonly others: Readonly<Record<ListView, Readonly<Partial<Record<RoutingLabel, number>>>>>;
}

/** How many routings the actor finds in each view, and what the rest of them do. */
export async function countRoutingViews(given: { ctx: Ctx }): Promise<CountedViews> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'routing.see');
  const stuckIds = await findStuckIds(db, actor.organizationId);
  const groups = await readStateGroups(db, actor.organizationId, stuckIds);
  const inView = (view: ListView, group: StateGroup) => {
    if (!isInView(view, group, actor.role)) return 0;
    return view === 'key-age' ? group.oldKeys : group.routings;
  };
  const perView = <T>(of: (view: ListView) => T) =>
    Object.fromEntries(listViewSchema.options.map((view) => [view, of(view)])) as Record<ListView, T>;
  return {
    views: perView((view) => groups.reduce((sum, group) => sum + inView(view, group), 0)),
    others: perView((view) => countLabels(groups, (group) => group.routings - inView(view, group))),
  };
}

function countLabels(
  groups: readonly StateGroup[],
  countOf: (group: StateGroup) => number,
): Partial<Record<RoutingLabel, number>> {
  const counts: Partial<Record<RoutingLabel, number>> = {};
  for (const group of groups) {
    const count = countOf(group);
    const label = routingLabel(group);
    if (count > 0) counts[label] = (counts[label] ?? 0) + count;
  }
  return counts;
}
