import type { Contacts } from '@/lib/domain/contact/contacts';
import {
  type RoutingOfContactsInput,
  routingOfContactsSchema,
  type WebhookView,
} from '@/lib/domain/contact/webhook';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readContacts } from './read-contacts';

/** Who is told about a routing, people and webhook. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function listContacts(given: {
  ctx: Ctx;
  input: RoutingOfContactsInput;
}): Promise<{ contacts: Contacts; webhook: WebhookView | null }> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.see');
  const { routingId } = parseInput(routingOfContactsSchema, given.input);
  await requireRouting(ctx, routingId);
  const [contacts, row] = await Promise.all([
    readContacts(ctx.db, routingId),
    ctx.db.webhook.findUnique({ where: { routingId }, select: { url: true, createdAt: true } }),
  ]);
  return {
    contacts,
    webhook: row === null ? null : { url: row.url, createdAt: row.createdAt.toISOString() },
  };
}
