import type { Sql } from '@/lib/platform/sql';

const KEEP_DAYS = 90;
const AT_ONCE = 5_000;
const ROUNDS_MAX = 100;

const FORGET = `DELETE FROM notice WHERE id IN (
  SELECT id FROM notice WHERE state <> 'queued' AND ended_at < now() - $1 * interval '1 day'
  ORDER BY ended_at LIMIT $2)`;

/**
 * Forgets notices 90 days after they were sent or given up, a few thousand at a time. That a routing's first file was
 * told stays known for good, so nothing is told again. Returns how many; what one call does not manage is left to the
 * next.
 */
export async function forgetNotices(sql: Sql): Promise<number> {
  let forgotten = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { rowCount } = await sql.query(FORGET, [KEEP_DAYS, AT_ONCE]);
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) break;
  }
  return forgotten;
}
