import { actorRef } from '@/lib/domain/access/actor';
import { organizationScope } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import { type RevokeShareLinkInput, revokeShareLinkSchema } from '@/lib/domain/share-link/input';
import type { ShareLinkView } from '@/lib/domain/share-link/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { readShareLinkView } from './read-views';

/** Ends a link at once; one that was revoked stays as it is. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function revokeShareLink(given: {
  ctx: Ctx;
  input: RevokeShareLinkInput;
}): Promise<ShareLinkView> {
  const { ctx } = given;
  requirePermission(ctx, 'share-link.manage');
  const { linkId, routingId } = parseInput(revokeShareLinkSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const where = { id: linkId, routingId, ...organizationScope(ctx.actor) };
    const link = await tx.shareLink.findFirst({ where, select: { organizationId: true } });
    if (link === null) throw notFound('share link');
    const ended = await tx.$executeRaw`
      UPDATE share_link SET revoked_at = now(), revoked_by = ${actorRef(ctx.actor)}
      WHERE id = ${linkId}::uuid AND revoked_at IS NULL`;
    if (ended > 0) {
      await emitAudit(tx, {
        actor: ctx.actor,
        organizationId: link.organizationId,
        action: 'share-link.revoke',
        target: `routing:${routingId}`,
        detail: { linkId },
      });
    }
    return readShareLinkView(tx, linkId);
  });
}
