import { type ChangePasswordInput, changePasswordSchema, isLikeEmail } from '@/lib/domain/access/password';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { Db, DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { hashPassword, verifyPassword } from '@/lib/platform/password';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { clearRateLimit, hitRateLimit } from '@/lib/services/rate-limit/hit';
import { endOtherSessions } from '@/lib/services/session/revoke-others';
import { requirePerson } from './require-person';

const WINDOW_SECONDS = 15 * 60;
const TRIES_MAX = 10;

/**
 * Changes the actor's own password and ends every other session of theirs; answers how many. API tokens go on.
 * Throws FORBIDDEN for a token, VALIDATION with the field that is wrong, LIMIT after too many tries, CONFLICT when
 * the password was changed meanwhile.
 */
export async function changePassword(given: {
  ctx: Ctx;
  input: ChangePasswordInput;
}): Promise<{ endedSessions: number }> {
  const { db, actor } = given.ctx;
  requirePerson(given.ctx, 'passwords');
  const { currentPassword, newPassword, sessionId } = parseInput(changePasswordSchema, given.input);
  if (isLikeEmail(newPassword, actor.email)) {
    throw refusal('newPassword', 'Your e-mail address is the first thing that others would try.');
  }
  const subject = `change-password:${actor.userId}`;
  await countTry(db, subject);
  const known = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  if (!(await verifyPassword(known.passwordHash, currentPassword))) {
    throw refusal('currentPassword', 'This is not your current password.');
  }
  const hashes = { from: known.passwordHash, to: await hashPassword(newPassword) };
  const endedSessions = await withTransaction(db, async (tx) => {
    await replaceHash(tx, actor.userId, hashes);
    const ended = await endOtherSessions(tx, { userId: actor.userId, sessionId });
    await emitAudit(tx, {
      actor,
      organizationId: actor.organizationId,
      action: 'user.change-password',
      target: `user:${actor.userId}`,
      detail: { endedSessions: ended },
    });
    return ended;
  });
  await clearRateLimit(db, subject);
  return { endedSessions };
}

async function replaceHash(
  tx: DbTransaction,
  userId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, passwordHash: from },
    data: { passwordHash: to },
  });
  if (count === 0) throw new AppError('CONFLICT', 'Your password was changed elsewhere in the meantime.');
}

async function countTry(db: Db, subject: string): Promise<void> {
  const answer = await hitRateLimit(db, { subject, windowSeconds: WINDOW_SECONDS, hitsMax: TRIES_MAX });
  if (answer.isAllowed) return;
  const minutes = Math.ceil(answer.retryAfterSeconds / 60);
  throw new AppError('LIMIT', `Too many tries. Wait ${minutes} min, then try again.`, {
    retryAfterSeconds: answer.retryAfterSeconds,
  });
}

function refusal(field: string, message: string): AppError {
  return new AppError('VALIDATION', message, { issues: [{ field, message }] });
}
