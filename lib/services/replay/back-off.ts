import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReplayFile, ReplayAnswer, ReplayBackOff } from './replay-ledger';

const BACK_OFF = `WITH back AS (
    UPDATE replay_file SET lease_until = NULL, in_flight_until = NULL, http_status = $6, code = $7, request_id = $8,
      message = left($9, 500)
    WHERE replay_id = $1 AND file_id = $2 AND state = 'pending' RETURNING replay_id
  )
  UPDATE replay p SET failures = p.failures + 1, held_cause = $3,
    not_before = clock_timestamp() + $4 * interval '1 ms',
    denials = CASE WHEN $5 THEN p.denials + 1 ELSE 0 END,
    denied_since = CASE WHEN $5 THEN coalesce(p.denied_since, clock_timestamp()) END
  FROM back WHERE p.id = back.replay_id AND p.state = 'running'`;

/** Gives the file back and lets the replay wait, saying why. A file that was settled meanwhile changes nothing. */
export async function backOff(
  sql: Sql,
  { replayId, sourceId }: ClaimedReplayFile,
  { wait, answer }: { readonly wait: ReplayBackOff; readonly answer: ReplayAnswer },
): Promise<void> {
  const { cause, backOffMs, isDenial } = wait;
  const { httpStatus, code, requestId, message } = answer;
  const values = [cause, backOffMs, isDenial, httpStatus, code, requestId, message];
  await sql.query(BACK_OFF, [replayId, sourceId, ...values]);
}
