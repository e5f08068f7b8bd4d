import { SESSION_IDLE_SECONDS, type SessionView } from '@/lib/domain/access/session';
import type { Ctx } from '@/lib/services/context';

interface SessionRow {
  readonly jti: string;
  readonly user_agent: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}

/** The actor's own sessions that still work, the one used last first. */
export async function listSessions(given: { ctx: Ctx }): Promise<{ sessions: SessionView[] }> {
  const { db, actor } = given.ctx;
  const rows = await db.$queryRaw<SessionRow[]>`
    SELECT jti, user_agent, created_at, last_seen_at, expires_at FROM session
    WHERE user_id = ${actor.userId}::uuid AND revoked_at IS NULL AND expires_at > now()
      AND last_seen_at > now() - ${SESSION_IDLE_SECONDS}::int * interval '1 second'
    ORDER BY last_seen_at DESC, jti`;
  const sessions = rows.map((row) => ({
    id: row.jti,
    userAgent: row.user_agent,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
  return { sessions };
}
