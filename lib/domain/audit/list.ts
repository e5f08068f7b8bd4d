import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';

const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'Give a day like 2026-11-22.')
  .refine(isDay, 'There is no such day.');

const filterFields = {
  organizationId: idSchema('Choose an organization.').optional(),
  /** Part of the name or the e-mail of who did it, or of the process. */
  who: z.string().trim().max(200, 'That is too long for a name.').optional(),
  /** Part of what it was done to, as `routing:<id>`, or of its name of today. */
  target: z.string().trim().max(200, 'That is too long for a name.').optional(),
  /** One action, `routing.pause`, or all of its kind, `routing`. */
  action: z
    .string()
    .regex(/^[a-z][a-z._-]{0,59}$/, 'There is no such action.')
    .optional(),
  /** First and last day, both inclusive, in UTC. */
  from: daySchema.optional(),
  to: daySchema.optional(),
};

export const auditFilterSchema = z.object(filterFields);
export type AuditFilterInput = z.input<typeof auditFilterSchema>;
export type AuditFilter = z.output<typeof auditFilterSchema>;

export const listAuditSchema = z.object({
  ...filterFields,
  /** The `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'This cursor is not one we gave out.')
    .optional(),
  limit: pageFields.limit,
});
export type ListAuditInput = z.input<typeof listAuditSchema>;

export const auditChainSchema = z.object({ organizationId: filterFields.organizationId });
export type AuditChainInput = z.input<typeof auditChainSchema>;

/** At most so many rows go into one export. */
export const AUDIT_EXPORT_MAX = 10_000;

/** The kinds of action that a filter offers. */
export const AUDIT_KINDS: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'routing', label: 'Routings' },
  { value: 'hand-over', label: 'Hand-over links' },
  { value: 'share-link', label: 'Share links' },
  { value: 'organization', label: 'Organizations' },
  { value: 'workspace', label: 'Workspaces' },
  { value: 'api-key', label: 'Collection keys' },
  { value: 'api-token', label: 'API tokens' },
  { value: 'session', label: 'Signing in and out' },
  { value: 'user', label: 'Accounts' },
  { value: 'access', label: 'Refusals' },
  { value: 'audit', label: 'Exports of the audit' },
];

/** February has no 31st, which Date takes for a day of March. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
