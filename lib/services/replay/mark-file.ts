import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReplayFile } from './replay-ledger';

// The share lock makes a pause wait for the mark and the mark see the pause. How long the PUT may be under way is
// written with it, so that "paused" waits for it and for no longer.
const MARK = `WITH running AS (
    SELECT r.id FROM routing r WHERE r.id = $3 AND log.is_running(r.intent, r.lifecycle) FOR SHARE
  )
  UPDATE replay_file x SET was_missing = x.was_missing OR $5,
    in_flight_until = clock_timestamp() + $4 * interval '1 ms'
  FROM replay p, running
  WHERE x.replay_id = $1 AND x.file_id = $2 AND x.state = 'pending'
    AND p.id = x.replay_id AND p.state = 'running' AND p.routing_id = running.id`;

const GIVE_BACK = `UPDATE replay_file SET lease_until = NULL, attempts = attempts - 1
  WHERE replay_id = $1 AND file_id = $2 AND state = 'pending'`;

/** Before a PUT; false, with the file given back, when it must not start. */
export async function markFile(
  sql: Sql,
  { replayId, sourceId, file }: ClaimedReplayFile,
  { deadlineMs, wasMissing }: { readonly deadlineMs: number; readonly wasMissing: boolean },
): Promise<boolean> {
  const marked = await sql.query(MARK, [replayId, sourceId, file.routingId, deadlineMs, wasMissing]);
  if ((marked.rowCount ?? 0) > 0) return true;
  await sql.query(GIVE_BACK, [replayId, sourceId]);
  return false;
}
