import { organizationScope } from '@/lib/domain/access/scope';
import {
  type ListWorkspacesInput,
  listWorkspacesSchema,
  type WorkspaceView,
} from '@/lib/domain/access/workspace';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';
import { toWorkspaceView } from './to-view';

/** The workspaces the actor sees, by name. Throws NOT_FOUND for an organization the actor does not see. */
export async function listWorkspaces(given: {
  ctx: Ctx;
  input: ListWorkspacesInput;
}): Promise<{ workspaces: WorkspaceView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId } = parseInput(listWorkspacesSchema, given.input);
  if (organizationId !== undefined) requireOrganization(ctx, organizationId, 'organization');
  const rows = await ctx.db.workspace.findMany({
    where: {
      ...organizationScope(ctx.actor),
      ...(organizationId === undefined ? {} : { organizationId }),
      deletedAt: null,
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return { workspaces: rows.map(toWorkspaceView) };
}
