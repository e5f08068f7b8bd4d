import { type ApiKeyView, type RevokeApiKeyInput, revokeApiKeySchema } from '@/lib/domain/access/api-key';
import { organizationScope } from '@/lib/domain/access/scope';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { toApiKeyView } from './to-view';

/** Revokes a collection key for good. Throws FORBIDDEN, NOT_FOUND, CONFLICT when it is revoked already. */
export async function revokeApiKey(given: { ctx: Ctx; input: RevokeApiKeyInput }): Promise<ApiKeyView> {
  const { ctx } = given;
  requirePermission(ctx, 'api-key.manage');
  const { apiKeyId } = parseInput(revokeApiKeySchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const revoked = await tx.$executeRaw`
      UPDATE api_key SET revoked_at = now() WHERE id = ${apiKeyId}::uuid AND revoked_at IS NULL
        AND (${ctx.actor.organizationId}::uuid IS NULL OR organization_id = ${ctx.actor.organizationId}::uuid)`;
    const row = await tx.apiKey.findFirst({ where: { id: apiKeyId, ...organizationScope(ctx.actor) } });
    if (row === null) throw notFound('key');
    if (revoked === 0) throw new AppError('CONFLICT', 'This key is revoked already.');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: row.organizationId,
      action: 'api-key.revoke',
      target: `api-key:${row.id}`,
      detail: { workspaceId: row.workspaceId, name: row.name, last4: row.last4 },
    });
    return toApiKeyView(row);
  });
}
