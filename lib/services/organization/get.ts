import {
  type OrganizationIdInput,
  type OrganizationView,
  organizationIdSchema,
} from '@/lib/domain/access/organization';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { readOrganizations } from './read-organizations';

/** One organization. Throws NOT_FOUND for one the actor does not see. */
export async function getOrganization(given: {
  ctx: Ctx;
  input: OrganizationIdInput;
}): Promise<OrganizationView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId } = parseInput(organizationIdSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  const [organization] = await readOrganizations(ctx.db, { organizationId });
  if (organization === undefined) throw notFound('organization');
  return organization;
}
