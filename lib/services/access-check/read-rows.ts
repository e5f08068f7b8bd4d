import { type CheckStep, checkStepSchema } from '@/lib/domain/access-check/step';
import { type CheckRowState, checkRowStateSchema } from '@/lib/domain/access-check/view';
import type { Sql } from '@/lib/platform/sql';

export interface RunningRow {
  readonly step: CheckStep;
  readonly state: CheckRowState;
  readonly isDue: boolean;
}

const READ = 'SELECT step, state, is_due FROM access_check_row WHERE check_id = $1 ORDER BY position';

/** The rows of a check as they stand, in order. */
export async function readCheckRows(sql: Sql, checkId: string): Promise<RunningRow[]> {
  const { rows } = await sql.query<{ step: string; state: string; is_due: boolean }>(READ, [checkId]);
  return rows.map((row) => ({
    step: checkStepSchema.parse(row.step),
    state: checkRowStateSchema.parse(row.state),
    isDue: row.is_due,
  }));
}
