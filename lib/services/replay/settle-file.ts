import type { ReplayFileState } from '@/lib/domain/replay/view';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReplayFile, ReplayAnswer } from './replay-ledger';

/** What says that S3 lets us look and write, so that the replay need not wait any more. */
const ENDS_BACK_OFF: readonly ReplayFileState[] = ['present', 'missing', 'restored', 'copied', 'conflict'];

const SETTLE = `WITH settled AS (
    UPDATE replay_file SET state = $3, cause = $4, http_status = $5, code = $6, request_id = $7, message = left($8, 500),
      settled_at = clock_timestamp(), lease_until = NULL, in_flight_until = NULL
    WHERE replay_id = $1 AND file_id = $2 AND state = 'pending' RETURNING replay_id
  ), freed AS (
    UPDATE replay p SET failures = 0, denials = 0, denied_since = NULL, not_before = NULL, held_cause = NULL
    FROM settled WHERE p.id = settled.replay_id AND $9 AND (p.failures > 0 OR p.held_cause IS NOT NULL)
  )
  SELECT 1 FROM settled`;

/** What came of a file, once and for good; true for the one who records it. */
export async function settleFile(
  sql: Sql,
  { replayId, sourceId }: ClaimedReplayFile,
  {
    state,
    end,
  }: {
    readonly state: Exclude<ReplayFileState, 'pending'>;
    readonly end: ReplayAnswer & { readonly cause: string | null };
  },
): Promise<boolean> {
  const { cause, httpStatus, code, requestId, message } = end;
  const answer = [cause, httpStatus, code, requestId, message];
  const isFree = ENDS_BACK_OFF.includes(state);
  const { rowCount } = await sql.query(SETTLE, [replayId, sourceId, state, ...answer, isFree]);
  return (rowCount ?? 0) > 0;
}
