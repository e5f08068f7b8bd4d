import { inTransaction, type Sql, type SqlClient } from '@/lib/platform/sql';
import { reservePlace } from '@/lib/services/destination/reserve-place';
import type { ClaimedCheck } from './claim';

interface CheckEnd {
  readonly state: 'passed' | 'failed';
  readonly nextTryMs: number | null;
  readonly workerId: string;
}

// The routing before its checks, as everybody locks them. Nothing can be asked for, nor be claimed, until we are done.
const LOCK_ROUTING = 'SELECT 1 FROM routing WHERE id = $1 FOR NO KEY UPDATE';
const LOCK_CHECK = `SELECT 1 FROM access_check c WHERE id = $1 AND round = $2 AND state = 'running'
  AND NOT EXISTS (SELECT FROM access_check_row WHERE check_id = c.id AND is_due) FOR UPDATE`;
const REFUSE_PLACE = `UPDATE access_check_row SET state = 'failed', cause = 'place_taken', found = NULL, facts = $2::jsonb
  WHERE check_id = $1 AND step = 'place'`;
const END = 'SELECT end_access_check($1, $2, $3, $4, $5) AS ended';
// Does nothing to a version that is in use already, or that was dropped.
const ADOPT = 'SELECT adopt_destination($1, $2, $3)';

/**
 * Ends a round in one transaction. What passed keeps its place for its routing and proves its destination version,
 * which is in use from then on; a place that somebody else has proven meanwhile fails it. False, with nothing written, when the round is another's by
 * now, or when a row was asked for meanwhile.
 */
export async function endAccessCheck(sql: Sql, check: ClaimedCheck, end: CheckEnd): Promise<boolean> {
  return inTransaction(sql, async (client) => {
    await client.query(LOCK_ROUTING, [check.routingId]);
    const mine = await client.query(LOCK_CHECK, [check.id, check.round]);
    if (mine.rowCount === 0) return false;
    const isPassed = end.state === 'passed' && (await keepPlace(client, check));
    await recordEnd(client, check, { ...end, state: isPassed ? 'passed' : 'failed' });
    if (isPassed)
      await client.query(ADOPT, [check.routingId, check.destinationVersion, `worker:${end.workerId}`]);
    return true;
  });
}

/** False when the place is another routing's: its row says so. */
async function keepPlace(client: SqlClient, check: ClaimedCheck): Promise<boolean> {
  const taken = await reservePlace(client, check);
  if (taken !== null) await client.query(REFUSE_PLACE, [check.id, JSON.stringify(taken)]);
  return taken === null;
}

async function recordEnd(client: SqlClient, check: ClaimedCheck, end: CheckEnd): Promise<void> {
  const { state, nextTryMs, workerId } = end;
  await client.query(END, [check.id, check.round, state, nextTryMs, `worker:${workerId}`]);
}
