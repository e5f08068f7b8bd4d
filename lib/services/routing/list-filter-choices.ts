import type { NamedRef } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';

/** More make no useful list to choose from: the search finds the others. */
const ORGANIZATIONS_MAX = 500;

interface ListFilterChoices {
  readonly regions: readonly string[];
  /** By name; empty for a customer, who has one only, and where there are too many to choose from. */
  readonly organizations: readonly NamedRef[];
}

/** What the list of routings can be narrowed to: regions and organizations that the actor's routings have. */
export async function listFilterChoices(given: { ctx: Ctx }): Promise<ListFilterChoices> {
  const { db, actor } = given.ctx;
  requirePermission(given.ctx, 'routing.see');
  const { organizationId } = actor;
  const [regions, organizations] = await Promise.all([
    db.$queryRaw<{ region: string }[]>`
      SELECT DISTINCT d.region FROM routing r
      JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version
      WHERE ${organizationId}::uuid IS NULL OR r.organization_id = ${organizationId}::uuid ORDER BY 1`,
    organizationId === null
      ? db.$queryRaw<NamedRef[]>`
          SELECT o.id, o.name FROM organization o
          WHERE EXISTS (SELECT FROM routing r WHERE r.organization_id = o.id)
          ORDER BY lower(o.name), o.id LIMIT ${ORGANIZATIONS_MAX + 1}`
      : [],
  ]);
  return {
    regions: regions.map(({ region }) => region),
    organizations: organizations.length > ORGANIZATIONS_MAX ? [] : organizations,
  };
}
