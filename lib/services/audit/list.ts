import { type ListAuditInput, listAuditSchema } from '@/lib/domain/audit/list';
import type { AuditPage } from '@/lib/domain/audit/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';
import { readAuditEvents } from './read-events';

/** A page of the recorded actions that the actor may see, newest first. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function listAudit(given: { ctx: Ctx; input: ListAuditInput }): Promise<AuditPage> {
  const { ctx } = given;
  requirePermission(ctx, 'audit.read');
  const { cursor, limit, ...filter } = parseInput(listAuditSchema, given.input);
  if (filter.organizationId !== undefined) requireOrganization(ctx, filter.organizationId, 'organization');
  const found = await readAuditEvents(ctx.db, ctx.actor, {
    filter,
    limit: limit + 1,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const events = found.slice(0, limit);
  return { events, nextCursor: found.length > limit ? (events.at(-1)?.id ?? null) : null };
}
