import {
  type CreateWorkspaceInput,
  createWorkspaceSchema,
  type WorkspaceView,
} from '@/lib/domain/access/workspace';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { toWorkspaceView } from './to-view';

/** Makes a workspace in an organization. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function createWorkspace(given: {
  ctx: Ctx;
  input: CreateWorkspaceInput;
}): Promise<WorkspaceView> {
  const { ctx } = given;
  requirePermission(ctx, 'workspace.create');
  const { organizationId, name } = parseInput(createWorkspaceSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  return withTransaction(ctx.db, async (tx) => {
    const organization = await tx.organization.findUnique({ where: { id: organizationId } });
    if (organization === null) throw notFound('organization');
    const row = await tx.workspace.create({ data: { organizationId, name } });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'workspace.create',
      target: `workspace:${row.id}`,
      detail: { name },
    });
    return toWorkspaceView(row);
  });
}
