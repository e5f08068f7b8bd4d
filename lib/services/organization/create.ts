import {
  type CreateOrganizationInput,
  createOrganizationSchema,
  type OrganizationView,
} from '@/lib/domain/access/organization';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';

/** Makes an organization. Throws FORBIDDEN, VALIDATION. */
export async function createOrganization(given: {
  ctx: Ctx;
  input: CreateOrganizationInput;
}): Promise<OrganizationView> {
  const { ctx } = given;
  requirePermission(ctx, 'organization.create');
  const input = parseInput(createOrganizationSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const row = await tx.organization.create({ data: { name: input.name } });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: row.id,
      action: 'organization.create',
      target: `organization:${row.id}`,
      detail: { name: row.name },
    });
    const { id, name } = row;
    return { id, name, workspaces: 0, routings: 0, worstLabel: null, createdAt: row.createdAt.toISOString() };
  });
}
