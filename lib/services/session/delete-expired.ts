import type { Sql } from '@/lib/platform/sql';

/** Of one round; the rest waits for the next. */
const SESSIONS_MAX = 1_000;

const DELETE = `DELETE FROM session WHERE jti IN (
    SELECT jti FROM session WHERE expires_at < clock_timestamp() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`;

/** Deletes sessions that ended by their age, revoked or not, a bounded number at a time; returns how many. */
export async function deleteExpiredSessions(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(DELETE, [SESSIONS_MAX]);
  return rowCount ?? 0;
}
