import type { Actor } from '@/lib/domain/access/actor';
import { SESSION_IDLE_SECONDS } from '@/lib/domain/access/session';
import type { AnonymousCtx } from '@/lib/services/context';
import { type ActorRow, toActor } from './to-actor';

/**
 * Who holds this session now, with today's role, or null once it is revoked, expired, idle for too long or its
 * account disabled. Asked on every request, so sign-out, demotion and revocation bite at once. `isRequest: false` only
 * looks: an answer that goes on by itself must not keep a session alive that nobody uses.
 */
export async function checkSession(given: {
  ctx: AnonymousCtx;
  input: { sessionId: string; isRequest?: boolean };
}): Promise<Actor | null> {
  const { db } = given.ctx;
  const { sessionId, isRequest = true } = given.input;
  const rows = await db.$queryRaw<ActorRow[]>`
    SELECT u.id AS user_id, u.name, u.email, u.role, u.organization_id,
      s.last_seen_at < now() - interval '1 minute' AS is_stale
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.jti = ${sessionId}::uuid AND s.revoked_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - ${SESSION_IDLE_SECONDS}::int * interval '1 second' AND u.disabled_at IS NULL`;
  const row = rows[0];
  if (row === undefined) return null;
  // Once a minute is exact enough for the idle limit and spares a write per request.
  if (isRequest && row.is_stale)
    await db.$executeRaw`UPDATE session SET last_seen_at = now() WHERE jti = ${sessionId}::uuid`;
  return toActor('user', row);
}
