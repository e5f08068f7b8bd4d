import { roleSchema } from '@/lib/domain/access/actor';
import { type OrganizationIdInput, organizationIdSchema } from '@/lib/domain/access/organization';
import type { PersonView } from '@/lib/domain/access/person';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly is_disabled: boolean;
  readonly last_seen_at: Date | null;
}

/**
 * The people of an organization, by name. Sessions are deleted some time after they end: what somebody did last is
 * remembered by the audit. Throws FORBIDDEN, NOT_FOUND for one the actor does not see.
 */
export async function listPeople(given: {
  ctx: Ctx;
  input: OrganizationIdInput;
}): Promise<{ people: PersonView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'people.see');
  const { organizationId } = parseInput(organizationIdSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  const rows = await ctx.db.$queryRaw<PersonRow[]>`
    SELECT u.id, u.name, u.email, u.role, u.disabled_at IS NOT NULL AS is_disabled,
      greatest((SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id), (
        SELECT e.at FROM audit_event e WHERE e.actor = 'user:' || u.id ORDER BY e.at DESC LIMIT 1)) AS last_seen_at
    FROM "user" u WHERE u.organization_id = ${organizationId}::uuid
    ORDER BY lower(u.name), u.id`;
  const people = rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: roleSchema.parse(row.role),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    isDisabled: row.is_disabled,
  }));
  return { people };
}
