import { type ListHandOverLinksInput, listHandOverLinksSchema } from '@/lib/domain/hand-over/input';
import type { HandOverLinkView } from '@/lib/domain/hand-over/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readLinkViews } from './read-link-views';

/** A routing's links, newest first, the ended ones included. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function listHandOverLinks(given: {
  ctx: Ctx;
  input: ListHandOverLinksInput;
}): Promise<{ handOverLinks: readonly HandOverLinkView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'hand-over.manage');
  const { routingId } = parseInput(listHandOverLinksSchema, given.input);
  await requireRouting(ctx, routingId);
  return { handOverLinks: await readLinkViews(ctx.db, { routingId }) };
}
