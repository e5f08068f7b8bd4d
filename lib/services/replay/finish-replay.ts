import type { Sql } from '@/lib/platform/sql';

const FINISH = `UPDATE replay SET state = 'done', ended_at = clock_timestamp(), held_cause = NULL, not_before = NULL
  WHERE id = $1 AND state = 'running'
    AND NOT EXISTS (SELECT FROM replay_file x WHERE x.replay_id = $1 AND x.state = 'pending')`;

/** Ends a replay of which nothing is left; true for the one who ended it. */
export async function finishReplay(sql: Sql, replayId: string): Promise<boolean> {
  const { rowCount } = await sql.query(FINISH, [replayId]);
  return (rowCount ?? 0) > 0;
}
