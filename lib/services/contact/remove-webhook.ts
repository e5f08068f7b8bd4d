import { type RoutingOfContactsInput, routingOfContactsSchema } from '@/lib/domain/contact/webhook';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';

/** Removes the routing's webhook and its secret; what waits for it is given up. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function removeWebhook(given: { ctx: Ctx; input: RoutingOfContactsInput }): Promise<void> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.manage');
  const { routingId } = parseInput(routingOfContactsSchema, given.input);
  await withTransaction(ctx.db, async (tx) => {
    const { organizationId } = await lockRouting(tx, ctx, routingId);
    const { count } = await tx.webhook.deleteMany({ where: { routingId } });
    if (count === 0) return;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.remove_webhook',
      target: `routing:${routingId}`,
    });
  });
}
