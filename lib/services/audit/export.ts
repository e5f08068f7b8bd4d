import { AUDIT_EXPORT_MAX, type AuditFilterInput, auditFilterSchema } from '@/lib/domain/audit/list';
import type { AuditView } from '@/lib/domain/audit/view';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';
import { emitAudit } from './emit';
import { readAuditEvents } from './read-events';

/**
 * The newest of the recorded actions that the actor may see, for a file; that it was taken is recorded too.
 * `isCut`: there are more. Throws FORBIDDEN, VALIDATION, NOT_FOUND.
 */
export async function exportAudit(given: {
  ctx: Ctx;
  input: AuditFilterInput;
}): Promise<{ events: AuditView[]; isCut: boolean }> {
  const { ctx } = given;
  requirePermission(ctx, 'audit.read');
  const filter = parseInput(auditFilterSchema, given.input);
  if (filter.organizationId !== undefined) requireOrganization(ctx, filter.organizationId, 'organization');
  const found = await readAuditEvents(ctx.db, ctx.actor, { filter, limit: AUDIT_EXPORT_MAX + 1 });
  const events = found.slice(0, AUDIT_EXPORT_MAX);
  await withTransaction(ctx.db, (tx) =>
    emitAudit(tx, {
      actor: ctx.actor,
      organizationId: ctx.actor.organizationId ?? filter.organizationId ?? null,
      action: 'audit.export',
      target: `user:${ctx.actor.userId}`,
      detail: { rows: events.length, ...filter },
    }),
  );
  return { events, isCut: found.length > AUDIT_EXPORT_MAX };
}
