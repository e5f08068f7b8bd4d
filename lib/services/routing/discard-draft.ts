import { canSeeOrganization } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import { type DraftIdInput, draftIdSchema } from '@/lib/domain/routing/draft';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';

/** Throws a draft away for good; nothing has come of it. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function discardRoutingDraft(given: { ctx: Ctx; input: DraftIdInput }): Promise<void> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.create');
  const { draftId } = parseInput(draftIdSchema, given.input);
  await withTransaction(ctx.db, async (tx) => {
    const draft = await tx.routingDraft.findUnique({ where: { id: draftId } });
    if (draft === null || !canSeeOrganization(ctx.actor, draft.organizationId)) throw notFound('draft');
    const { count } = await tx.routingDraft.deleteMany({ where: { id: draftId } });
    if (count === 0) throw notFound('draft');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: draft.organizationId,
      action: 'routing.discard_draft',
      target: `routing:${draftId}`,
      detail: { name: draft.name },
    });
  });
}
