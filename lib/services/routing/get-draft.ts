import { parseInput } from '@/lib/domain/parse-input';
import { type DraftIdInput, draftIdSchema, type RoutingDraftView } from '@/lib/domain/routing/draft';
import type { Ctx } from '@/lib/services/context';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { readDrafts } from './read-drafts';

/** A draft as it was saved last. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function getRoutingDraft(given: { ctx: Ctx; input: DraftIdInput }): Promise<RoutingDraftView> {
  requirePermission(given.ctx, 'routing.create');
  const [draft] = await readDrafts(given.ctx.db, parseInput(draftIdSchema, given.input));
  if (draft === undefined) throw notFound('draft');
  requireOrganization(given.ctx, draft.organization.id, 'draft');
  return draft;
}
