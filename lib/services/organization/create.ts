import {
  type CreateOrganizationInput,
  createOrganizationSchema,
  type OrganizationView,
} from '@/lib/domain/access/organization';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';

/** Makes an organization. Throws FORBIDDEN, VALIDATION, CONFLICT (there is one of this name, in any case). */
export async function createOrganization(given: {
  ctx: Ctx;
  input: CreateOrganizationInput;
}): Promise<OrganizationView> {
  const { ctx } = given;
  requirePermission(ctx, 'organization.create');
  const input = parseInput(createOrganizationSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    await requireNewName(tx, input.name);
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

/** Two of one name are one customer entered twice. The lock keeps two who enter it at once apart. */
async function requireNewName(tx: DbTransaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('organization ' || lower(${name}), 0))`;
  const [known] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM organization WHERE lower(name) = lower(${name}) LIMIT 1`;
  if (known === undefined) return;
  const message = `There is an organization “${known.name}” already. Choose it from the list, or give this one another name.`;
  throw new AppError('CONFLICT', message, { issues: [{ field: 'name', message }] });
}
