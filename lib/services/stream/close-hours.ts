import type { Clock } from '@/lib/platform/clock';
import { isLockTimeout } from '@/lib/platform/event-log/retry-on-lock-timeout';
import type { Sql } from '@/lib/platform/sql';

/** How long after its end an hour still takes lines, in database time. */
const HOUR_GRACE_MS = 30_000;

// The database's own time caps the caller's: what is closed too early cannot be opened again.
const DECIDE = `UPDATE log.closing SET closed_through = due.through
  FROM (SELECT date_trunc('hour', least(now(), to_timestamp($1 / 1000.0)) - make_interval(secs => $2 / 1000.0), 'UTC')
    AS through) AS due
  WHERE closing.closed_through < due.through`;

const BEHIND = `SELECT DISTINCT s.workspace_id FROM log.stream s JOIN log.closing c
  ON s.closed_through < c.closed_through`;

export interface ClosedHours {
  /** How many streams moved. */
  readonly streams: number;
  /** Ids of workspaces that somebody else held locked; the next call takes them up. */
  readonly postponedWorkspaceIds: readonly string[];
}

/**
 * Closes every hour whose end lies 30 s back, for all streams: a closed hour takes no chunk any more and never
 * reopens. Idempotent, and cheap when nothing is due: the dispatcher calls it every few seconds.
 */
export async function closeHours(sql: Sql, clock: Pick<Clock, 'nowMs'>): Promise<ClosedHours> {
  // Decided first for the streams born from now on, then done for those that exist: none slips through between.
  await sql.query(DECIDE, [clock.nowMs(), HOUR_GRACE_MS]);
  const { rows } = await sql.query<{ workspace_id: string }>(BEHIND);
  let streams = 0;
  const postponedWorkspaceIds: string[] = [];
  for (const { workspace_id } of rows) {
    try {
      const moved = await sql.query<{ streams: number }>('SELECT log.close_hours($1) AS streams', [
        workspace_id,
      ]);
      streams += moved.rows[0]?.streams ?? 0;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      postponedWorkspaceIds.push(workspace_id);
    }
  }
  return { streams, postponedWorkspaceIds };
}
