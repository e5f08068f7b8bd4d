import {
  type ApiTokenView,
  type CreateApiTokenInput,
  createApiTokenSchema,
} from '@/lib/domain/access/api-token';
import { parseInput } from '@/lib/domain/parse-input';
import { generateApiToken, hashApiToken } from '@/lib/platform/api-token';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requirePerson } from '@/lib/services/user/require-person';
import { toApiTokenView } from './to-view';

/** Makes a token that acts with its owner's present role. `token` is shown this once. Throws FORBIDDEN, VALIDATION. */
export async function createApiToken(given: {
  ctx: Ctx;
  input: CreateApiTokenInput;
}): Promise<{ token: string; apiToken: ApiTokenView }> {
  const { ctx } = given;
  requirePermission(ctx, 'api-token.manage');
  requirePerson(ctx, 'tokens');
  const { name, expiresInDays } = parseInput(createApiTokenSchema, given.input);
  const token = generateApiToken();
  return withTransaction(ctx.db, async (tx) => {
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO api_token (user_id, name, token_hash, last4, expires_at)
      VALUES (${ctx.actor.userId}::uuid, ${name}, ${hashApiToken(token)}, ${token.slice(-4)},
        now() + ${expiresInDays}::int * interval '1 day')
      RETURNING id`;
    const row = await tx.apiToken.findUniqueOrThrow({ where: { id: made?.id ?? '' } });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: ctx.actor.organizationId,
      action: 'api-token.create',
      target: `api-token:${row.id}`,
      detail: { name, last4: row.last4, expiresInDays },
    });
    return { token, apiToken: toApiTokenView(row) };
  });
}
