import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { principalFor } from './require-role-way';

export type RoleGrant = Extract<GrantAccess, { kind: 'role' }>;

/**
 * Whom a role for this routing has to trust, and with which external id; null where access by role is not offered. Both
 * are safe to show. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function getRoleGrant(given: { ctx: Ctx; input: RoutingIdInput }): Promise<RoleGrant | null> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  const { organizationId, destinationVersion: version } = await requireRouting(ctx, routingId);
  const [{ externalId }, { endpoint }] = await Promise.all([
    ctx.db.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { externalId: true } }),
    ctx.db.destination.findUniqueOrThrow({
      where: { routingId_version: { routingId, version } },
      select: { endpoint: true },
    }),
  ]);
  const principalArn = principalFor(ctx, endpoint);
  return principalArn === null ? null : { kind: 'role', externalId, principalArn };
}
