import type { CheckCause } from '@/lib/domain/access-check/causes';
import type { CheckAnswer } from '@/lib/domain/access-check/name-cause';
import type { CheckStep } from '@/lib/domain/access-check/step';
import type { CheckRowState } from '@/lib/domain/access-check/view';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedCheck } from './claim';

/** What came of one try of one row. */
export interface RowResult {
  readonly state: Exclude<CheckRowState, 'waiting'>;
  readonly cause: CheckCause | null;
  readonly tried: string | null;
  readonly found: string | null;
  readonly answer: CheckAnswer | null;
  readonly requestId: string | null;
  readonly facts: {
    readonly foundRegion?: string | null;
    readonly keyArn?: string | null;
    readonly takenBy?: string | null;
    readonly surplusCount?: number | null;
  };
  readonly elapsedMs: number | null;
}

/** What a check has found out for the rows that follow and for those who start the routing. */
export interface CheckFacts {
  readonly accountId: string | null;
  readonly principalArn: string | null;
  readonly ownerAccountId: string | null;
  readonly testFileKey: string | null;
}

const RECORD = `WITH mine AS (
    UPDATE access_check SET lease_until = clock_timestamp() + $4 * interval '1 ms', account_id = $5,
      principal_arn = $6, owner_account_id = $7, test_file_key = $8
    WHERE id = $1 AND round = $2 AND state = 'running' RETURNING id
  )
  UPDATE access_check_row r SET is_due = false, state = $9, cause = $10, tried = $11, found = $12, http_status = $13,
    code = $14, message = $15, request_id = $16, facts = $17::jsonb, elapsed_ms = $18, tried_at = clock_timestamp(),
    tries = r.tries + CASE WHEN $9 = 'skipped' THEN 0 ELSE 1 END
  FROM mine WHERE r.check_id = mine.id AND r.step = $3`;

/** Records what came of a row; readers see it at once. False when the round is another's by now. */
export async function recordCheckRow(
  sql: Sql,
  at: { readonly check: ClaimedCheck; readonly step: CheckStep; readonly leaseMs: number },
  outcome: { readonly result: RowResult; readonly facts: CheckFacts },
): Promise<boolean> {
  const { check, step, leaseMs } = at;
  const { result, facts } = outcome;
  const { rowCount } = await sql.query(RECORD, [
    ...[check.id, check.round, step, leaseMs],
    ...[facts.accountId, facts.principalArn, facts.ownerAccountId, facts.testFileKey],
    ...[result.state, result.cause, result.tried, result.found],
    ...[result.answer?.httpStatus ?? null, result.answer?.code ?? null, result.answer?.message ?? null],
    ...[result.requestId, JSON.stringify(result.facts), result.elapsedMs],
  ]);
  return (rowCount ?? 0) > 0;
}
