import { type SetTimeZoneInput, setTimeZoneSchema } from '@/lib/domain/access/time-zone';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePerson } from './require-person';

/** Sets the actor's own zone. Throws VALIDATION for a zone that does not exist, FORBIDDEN for a token. */
export async function setTimeZone(given: { ctx: Ctx; input: SetTimeZoneInput }): Promise<void> {
  const { db, actor } = given.ctx;
  requirePerson(given.ctx, 'accounts');
  const { timeZone } = parseInput(setTimeZoneSchema, given.input);
  await withTransaction(db, async (tx) => {
    await tx.user.update({ where: { id: actor.userId }, data: { timeZone } });
    await emitAudit(tx, {
      actor,
      organizationId: actor.organizationId,
      action: 'user.set-time-zone',
      target: `user:${actor.userId}`,
      detail: { timeZone },
    });
  });
}
