import { type ApiKeyView, type CreateApiKeyInput, createApiKeySchema } from '@/lib/domain/access/api-key';
import { organizationScope } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import { generateApiKey, hashApiKey } from '@/lib/platform/api-key';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { toApiKeyView } from './to-view';

/** Makes a collection key. `key` is its text: shown this once, kept only as a hash. Throws FORBIDDEN, NOT_FOUND. */
export async function createApiKey(given: {
  ctx: Ctx;
  input: CreateApiKeyInput;
}): Promise<{ key: string; apiKey: ApiKeyView }> {
  const { ctx } = given;
  requirePermission(ctx, 'api-key.manage');
  const { workspaceId, kind, name } = parseInput(createApiKeySchema, given.input);
  const key = generateApiKey(kind);
  return withTransaction(ctx.db, async (tx) => {
    const workspace = await tx.workspace.findFirst({
      where: { id: workspaceId, deletedAt: null, ...organizationScope(ctx.actor) },
    });
    if (workspace === null) throw notFound('workspace');
    const { organizationId } = workspace;
    const row = await tx.apiKey.create({
      data: {
        organizationId,
        workspaceId,
        kind,
        name,
        keyHash: new Uint8Array(hashApiKey(key)),
        last4: key.slice(-4),
      },
    });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'api-key.create',
      target: `api-key:${row.id}`,
      detail: { workspaceId, kind, name, last4: row.last4 },
    });
    return { key, apiKey: toApiKeyView(row) };
  });
}
