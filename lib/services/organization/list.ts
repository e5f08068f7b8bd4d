import {
  type ListOrganizationsInput,
  listOrganizationsSchema,
  type OrganizationView,
} from '@/lib/domain/access/organization';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readOrganizations } from './read-organizations';

/** The organizations the actor sees, by name: all for the vendor's people, their own for a customer's. */
export async function listOrganizations(given: {
  ctx: Ctx;
  input?: ListOrganizationsInput;
}): Promise<{ organizations: OrganizationView[] }> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'routing.see');
  const { q = '' } = parseInput(listOrganizationsSchema, given.input ?? {});
  const organizations = await readOrganizations(db, { organizationId: actor.organizationId, containing: q });
  return { organizations };
}
