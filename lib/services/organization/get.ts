import {
  type OrganizationIdInput,
  type OrganizationView,
  organizationIdSchema,
} from '@/lib/domain/access/organization';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { toOrganizationView, WITH_COUNTS } from './to-view';

/** One organization. Throws NOT_FOUND for one the actor does not see. */
export async function getOrganization(given: {
  ctx: Ctx;
  input: OrganizationIdInput;
}): Promise<OrganizationView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId } = parseInput(organizationIdSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  const row = await ctx.db.organization.findUnique({ where: { id: organizationId }, include: WITH_COUNTS });
  if (row === null) throw notFound('organization');
  return toOrganizationView(row);
}
