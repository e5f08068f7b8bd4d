import { createHash, randomUUID } from 'node:crypto';
import { type Actor, roleSchema } from '@/lib/domain/access/actor';
import { SESSION_ABSOLUTE_SECONDS, type SignInInput, signInSchema } from '@/lib/domain/access/session';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { Db } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { verifyPassword } from '@/lib/platform/password';
import { emitAudit } from '@/lib/services/audit/emit';
import type { AnonymousCtx } from '@/lib/services/context';
import { clearRateLimit, hitRateLimit } from '@/lib/services/rate-limit/hit';

const WINDOW_SECONDS = 15 * 60;
const HITS_MAX_PER_ACCOUNT = 10;
const HITS_MAX_PER_ADDRESS = 100;

interface SignedIn {
  readonly sessionId: string;
  readonly actor: Actor;
}

/**
 * Proves a password and opens a session row. Throws UNAUTHENTICATED with one and the same sentence for an unknown
 * account, a disabled one and a wrong password, after the same work; LIMIT after too many tries.
 */
export async function signIn(given: { ctx: AnonymousCtx; input: SignInInput }): Promise<SignedIn> {
  const { db } = given.ctx;
  const { email, password, address, userAgent } = parseInput(signInSchema, given.input);
  const account = `sign-in:account:${createHash('sha256').update(email).digest('hex')}`;
  await countTry(db, account, HITS_MAX_PER_ACCOUNT);
  if (address !== '') await countTry(db, `sign-in:address:${address}`, HITS_MAX_PER_ADDRESS);

  const user = await db.user.findUnique({ where: { email } });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !isRight || user.disabledAt !== null) throw notRight();
  const actor: Actor = {
    kind: 'user',
    userId: user.id,
    name: user.name,
    email: user.email,
    role: roleSchema.parse(user.role),
    organizationId: user.organizationId,
  };
  const sessionId = randomUUID();
  await withTransaction(db, async (tx) => {
    // Waits for a change of the password that is under way: it must not miss a session opened with the old one.
    const opened = await tx.$executeRaw`
      INSERT INTO session (jti, user_id, expires_at, user_agent)
      SELECT ${sessionId}::uuid, u.id, now() + ${SESSION_ABSOLUTE_SECONDS}::int * interval '1 second', ${userAgent}
      FROM (
        SELECT id FROM "user" WHERE id = ${user.id}::uuid AND password_hash = ${user.passwordHash} FOR SHARE
      ) u`;
    if (opened === 0) throw notRight();
    await emitAudit(tx, {
      actor,
      organizationId: user.organizationId,
      action: 'session.sign-in',
      target: `user:${user.id}`,
    });
  });
  await clearRateLimit(db, account);
  return { sessionId, actor };
}

function notRight(): AppError {
  return new AppError('UNAUTHENTICATED', 'The e-mail address or the password is not right.');
}

async function countTry(db: Db, subject: string, hitsMax: number): Promise<void> {
  const answer = await hitRateLimit(db, { subject, windowSeconds: WINDOW_SECONDS, hitsMax });
  if (answer.isAllowed) return;
  const minutes = Math.ceil(answer.retryAfterSeconds / 60);
  throw new AppError('LIMIT', `Too many tries to sign in. Wait ${minutes} min, then try again.`, {
    retryAfterSeconds: answer.retryAfterSeconds,
  });
}
