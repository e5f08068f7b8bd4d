import type { Sql } from '@/lib/platform/sql';

const KEEP_DAYS = 90;
const FILES_AT_ONCE = 5_000;
const ROUNDS_MAX = 100;

const OLD = `SELECT p.id FROM replay p WHERE p.state <> 'running' AND p.ended_at < now() - $1 * interval '1 day'`;
const FORGET_FILES = `DELETE FROM replay_file WHERE (replay_id, file_id) IN (
  SELECT x.replay_id, x.file_id FROM (${OLD} ORDER BY p.ended_at LIMIT 100) old
  JOIN replay_file x ON x.replay_id = old.id LIMIT $2)`;
const FORGET = `DELETE FROM replay WHERE id IN (${OLD})
  AND NOT EXISTS (SELECT FROM replay_file x WHERE x.replay_id = replay.id)`;

/**
 * Forgets replays 90 days after their end, file by file and a few at a time; who asked for them stays in the audit.
 * Returns how many were forgotten. What one call does not manage is left to the next.
 */
export async function forgetReplays(sql: Sql): Promise<number> {
  let replays = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { rowCount: files } = await sql.query(FORGET_FILES, [KEEP_DAYS, FILES_AT_ONCE]);
    const { rowCount } = await sql.query(FORGET, [KEEP_DAYS]);
    replays += rowCount ?? 0;
    if ((files ?? 0) === 0) break;
  }
  return replays;
}
