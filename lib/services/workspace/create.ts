import {
  type CreateWorkspaceInput,
  createWorkspaceSchema,
  type WorkspaceView,
} from '@/lib/domain/access/workspace';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { toWorkspaceView } from './to-view';

/** Makes a workspace in an organization. Throws FORBIDDEN, VALIDATION, NOT_FOUND, CONFLICT (it has one of this name). */
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
    await requireNewName(tx, { organizationId, name });
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

/** Its keys and its data would be taken for the other's. The lock keeps two who enter it at once apart. */
async function requireNewName(
  tx: DbTransaction,
  { organizationId, name }: { organizationId: string; name: string },
): Promise<void> {
  const key = `workspace ${organizationId} ${name.toLowerCase()}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  const [known] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM workspace
    WHERE organization_id = ${organizationId}::uuid AND deleted_at IS NULL AND lower(name) = lower(${name}) LIMIT 1`;
  if (known === undefined) return;
  const message = `This organization has a workspace “${known.name}” already. Choose it from the list, or give this one another name.`;
  throw new AppError('CONFLICT', message, { issues: [{ field: 'name', message }] });
}
