import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readDrafts } from './read-drafts';

/** The hundred drafts saved last, whoever writes them: who is away is stood in for. Throws FORBIDDEN. */
export async function listRoutingDrafts(given: { ctx: Ctx }): Promise<{ drafts: RoutingDraftView[] }> {
  requirePermission(given.ctx, 'routing.create');
  const { organizationId } = given.ctx.actor;
  return { drafts: await readDrafts(given.ctx.db, organizationId === null ? {} : { organizationId }) };
}
