import type { OrganizationView } from '@/lib/domain/access/organization';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { toOrganizationView, WITH_COUNTS } from './to-view';

/** The organizations the actor sees, by name: all for the vendor's people, their own for a customer's. */
export async function listOrganizations(given: { ctx: Ctx }): Promise<{ organizations: OrganizationView[] }> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'routing.see');
  const rows = await db.organization.findMany({
    where: actor.organizationId === null ? {} : { id: actor.organizationId },
    include: WITH_COUNTS,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return { organizations: rows.map(toOrganizationView) };
}
