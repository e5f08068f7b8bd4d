import { type Contacts, type SetContactsInput, setContactsSchema } from '@/lib/domain/contact/contacts';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { hasEnded } from '@/lib/domain/routing/transition';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { readContacts } from './read-contacts';
import { writeContacts } from './write-contacts';

/**
 * Says who is told about a routing, in the place of who was told before. Throws FORBIDDEN, VALIDATION, NOT_FOUND,
 * PRECONDITION (the routing has ended).
 */
export async function setContacts(given: {
  ctx: Ctx;
  input: SetContactsInput;
}): Promise<{ contacts: Contacts }> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.manage');
  const { routingId, ...contacts } = parseInput(setContactsSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId, lifecycle } = await lockRouting(tx, ctx, routingId);
    if (hasEnded(lifecycle))
      throw new AppError('PRECONDITION', 'This routing has ended: nobody is told any more.');
    const before = await readContacts(tx, routingId);
    if (JSON.stringify(before) === JSON.stringify(contacts)) return { contacts };
    await writeContacts(tx, { organizationId, routingId, contacts });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.set_contacts',
      target: `routing:${routingId}`,
      detail: {
        'awsAdmin.before': before.awsAdmin,
        'awsAdmin.after': contacts.awsAdmin,
        'live.before': before.live,
        'live.after': contacts.live,
      },
    });
    return { contacts };
  });
}
