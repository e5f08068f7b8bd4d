import { type ApiKeyView, type ListApiKeysInput, listApiKeysSchema } from '@/lib/domain/access/api-key';
import { organizationScope } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { toApiKeyView } from './to-view';

/** The collection keys of a workspace, newest first, revoked ones included. Throws FORBIDDEN, NOT_FOUND. */
export async function listApiKeys(given: {
  ctx: Ctx;
  input: ListApiKeysInput;
}): Promise<{ apiKeys: ApiKeyView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'api-key.manage');
  const { workspaceId } = parseInput(listApiKeysSchema, given.input);
  const workspace = await ctx.db.workspace.findFirst({
    where: { id: workspaceId, deletedAt: null, ...organizationScope(ctx.actor) },
    include: { apiKeys: { orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] } },
  });
  if (workspace === null) throw notFound('workspace');
  return { apiKeys: workspace.apiKeys.map(toApiKeyView) };
}
