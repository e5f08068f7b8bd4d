import { type RevokeSessionInput, revokeSessionSchema } from '@/lib/domain/access/session';
import { parseInput } from '@/lib/domain/parse-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';

/** Ends every session of the actor but the one named; answers how many ended. */
export async function revokeOtherSessions(given: {
  ctx: Pick<Ctx, 'db' | 'actor'>;
  input: RevokeSessionInput;
}): Promise<{ endedSessions: number }> {
  const { db, actor } = given.ctx;
  const { sessionId } = parseInput(revokeSessionSchema, given.input);
  return withTransaction(db, async (tx) => {
    const endedSessions = await endOtherSessions(tx, { userId: actor.userId, sessionId });
    await emitAudit(tx, {
      actor,
      organizationId: actor.organizationId,
      action: 'session.revoke-others',
      target: `user:${actor.userId}`,
      detail: { endedSessions },
    });
    return { endedSessions };
  });
}

/** The same as a part of something larger. Sessions that were over already are not counted. */
export function endOtherSessions(
  tx: DbTransaction,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE session SET revoked_at = now()
    WHERE user_id = ${userId}::uuid AND jti <> ${sessionId}::uuid AND revoked_at IS NULL AND expires_at > now()`;
}
