import type { ApiTokenView } from '@/lib/domain/access/api-token';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { toApiTokenView } from './to-view';

/** The actor's own tokens, newest first, revoked and expired ones included. Throws FORBIDDEN. */
export async function listApiTokens(given: { ctx: Ctx }): Promise<{ apiTokens: ApiTokenView[] }> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'api-token.manage');
  const rows = await db.apiToken.findMany({
    where: { userId: actor.userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return { apiTokens: rows.map(toApiTokenView) };
}
