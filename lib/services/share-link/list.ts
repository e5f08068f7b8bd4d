import { organizationScope } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import { type ListShareLinksInput, listShareLinksSchema } from '@/lib/domain/share-link/input';
import type { ShareLinkView } from '@/lib/domain/share-link/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readShareLinkViews } from './read-views';

/** Links of a routing, or of the actor's organization, newest first, the ended ones included. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function listShareLinks(given: {
  ctx: Ctx;
  input: ListShareLinksInput;
}): Promise<{ shareLinks: readonly ShareLinkView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'share-link.manage');
  const { routingId } = parseInput(listShareLinksSchema, given.input);
  if (routingId !== undefined) await requireRouting(ctx, routingId);
  const of = routingId === undefined ? {} : { routingId };
  return { shareLinks: await readShareLinkViews(ctx.db, { ...of, ...organizationScope(ctx.actor) }) };
}
