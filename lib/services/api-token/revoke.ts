import {
  type ApiTokenView,
  type RevokeApiTokenInput,
  revokeApiTokenSchema,
} from '@/lib/domain/access/api-token';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { requirePerson } from '@/lib/services/user/require-person';
import { toApiTokenView } from './to-view';

/** Revokes one of the actor's own tokens. Throws NOT_FOUND for another person's, CONFLICT when revoked already. */
export async function revokeApiToken(given: { ctx: Ctx; input: RevokeApiTokenInput }): Promise<ApiTokenView> {
  const { ctx } = given;
  requirePermission(ctx, 'api-token.manage');
  requirePerson(ctx, 'tokens');
  const { apiTokenId } = parseInput(revokeApiTokenSchema, given.input);
  const { userId } = ctx.actor;
  return withTransaction(ctx.db, async (tx) => {
    const revoked = await tx.$executeRaw`
      UPDATE api_token SET revoked_at = now()
      WHERE id = ${apiTokenId}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL`;
    const row = await tx.apiToken.findFirst({ where: { id: apiTokenId, userId } });
    if (row === null) throw notFound('token');
    if (revoked === 0) throw new AppError('CONFLICT', 'This token is revoked already.');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: ctx.actor.organizationId,
      action: 'api-token.revoke',
      target: `api-token:${row.id}`,
      detail: { name: row.name, last4: row.last4 },
    });
    return toApiTokenView(row);
  });
}
