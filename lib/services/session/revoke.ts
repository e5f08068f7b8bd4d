import { type RevokeSessionInput, revokeSessionSchema } from '@/lib/domain/access/session';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound } from '@/lib/services/guard';

/** Ends one of the actor's own sessions; its next request is refused. Throws NOT_FOUND for another person's. */
export async function revokeSession(given: {
  ctx: Pick<Ctx, 'db' | 'actor'>;
  input: RevokeSessionInput;
}): Promise<void> {
  const { db, actor } = given.ctx;
  const { sessionId } = parseInput(revokeSessionSchema, given.input);
  await withTransaction(db, async (tx) => {
    const revoked = await tx.$executeRaw`
      UPDATE session SET revoked_at = now()
      WHERE jti = ${sessionId}::uuid AND user_id = ${actor.userId}::uuid AND revoked_at IS NULL`;
    if (revoked === 0) throw notFound('session');
    await emitAudit(tx, {
      actor,
      organizationId: actor.organizationId,
      action: 'session.revoke',
      target: `user:${actor.userId}`,
    });
  });
}
