import { type CheckStep, checkStepSchema } from '@/lib/domain/access-check/step';
import { type CheckRowState, checkRowStateSchema } from '@/lib/domain/access-check/view';
import type { Sql } from '@/lib/platform/sql';

export interface RunningRow {
  readonly step: CheckStep;
  readonly state: CheckRowState;
  readonly isDue: boolean;
  readonly cause: string | null;
}

interface Row {
  readonly step: string;
  readonly state: string;
  readonly is_due: boolean;
  readonly cause: string | null;
}

const READ = 'SELECT step, state, is_due, cause FROM access_check_row WHERE check_id = $1 ORDER BY position';

/** The rows of a check as they stand, in order. */
export async function readCheckRows(sql: Sql, checkId: string): Promise<RunningRow[]> {
  const { rows } = await sql.query<Row>(READ, [checkId]);
  return rows.map((row) => ({
    step: checkStepSchema.parse(row.step),
    state: checkRowStateSchema.parse(row.state),
    isDue: row.is_due,
    cause: row.cause,
  }));
}
