import { organizationScope } from '@/lib/domain/access/scope';
import { type RevokeHandOverLinkInput, revokeHandOverLinkSchema } from '@/lib/domain/hand-over/input';
import type { HandOverLinkView } from '@/lib/domain/hand-over/view';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { endLinks } from './end-links';
import { readLinkView } from './read-link-views';

/**
 * Ends a link and everything it was passed on to, at once; a link that has ended stays as it is. What was handed over
 * by it stays. Throws FORBIDDEN, VALIDATION, NOT_FOUND.
 */
export async function revokeHandOverLink(given: {
  ctx: Ctx;
  input: RevokeHandOverLinkInput;
}): Promise<HandOverLinkView> {
  const { ctx } = given;
  requirePermission(ctx, 'hand-over.manage');
  const { linkId, routingId } = parseInput(revokeHandOverLinkSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const where = { id: linkId, routingId, ...organizationScope(ctx.actor) };
    const link = await tx.handOverLink.findFirst({ where, select: { rootId: true, organizationId: true } });
    if (link === null) throw notFound('hand-over link');
    await tx.$executeRaw`SELECT 1 FROM hand_over_link WHERE id = ${link.rootId}::uuid FOR NO KEY UPDATE`;
    const ended = await endLinks(tx, { linkId, by: ctx.actor });
    if (ended > 0) {
      await emitAudit(tx, {
        actor: ctx.actor,
        organizationId: link.organizationId,
        action: 'hand-over.revoke',
        target: `routing:${routingId}`,
        detail: { linkId, links: ended },
      });
    }
    return readLinkView(tx, linkId);
  });
}
