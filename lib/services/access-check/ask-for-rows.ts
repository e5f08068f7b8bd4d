import type { CheckStep } from '@/lib/domain/access-check/step';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedCheck } from './claim';

const ASK = `UPDATE access_check_row r SET is_due = true FROM access_check c
  WHERE c.id = $1 AND c.round = $2 AND r.check_id = c.id AND r.step = ANY ($3)`;

/** Makes rows of a claimed check due. */
export async function askForRows(
  sql: Sql,
  check: Pick<ClaimedCheck, 'id' | 'round'>,
  steps: readonly CheckStep[],
): Promise<void> {
  await sql.query(ASK, [check.id, check.round, steps]);
}
