import { parseInput } from '@/lib/domain/parse-input';
import { type ListRoutingsInput, listRoutingsSchema } from '@/lib/domain/routing/list';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';
import { readRoutingViews } from './read-views';

export interface RoutingPage {
  readonly routings: RoutingView[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** A page of the routings the actor sees, newest first. Throws NOT_FOUND for a foreign organization. */
export async function listRoutings(given: { ctx: Ctx; input: ListRoutingsInput }): Promise<RoutingPage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId, q, cursor, limit } = parseInput(listRoutingsSchema, given.input);
  if (organizationId !== undefined) requireOrganization(ctx, organizationId, 'organization');
  const views = await readRoutingViews(ctx.db, {
    organizationId: organizationId ?? ctx.actor.organizationId,
    ...(cursor === undefined ? {} : { afterId: cursor }),
    ...(q === undefined || q === '' ? {} : { containing: q }),
    limit: limit + 1,
  });
  const routings = views.slice(0, limit);
  const nextCursor = views.length > limit ? (routings.at(-1)?.id ?? null) : null;
  return { routings, nextCursor };
}
