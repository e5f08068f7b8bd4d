import { type Finding, type FindingDetail, findingKindSchema } from '@/lib/domain/reconciliation/finding';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReconciliation } from './claim';
import type { LaneStep } from './next-step';
import type { PageRecord } from './record-page';

interface Row {
  readonly kind: string;
  readonly lo: number;
  readonly hi: number;
  readonly cut_id: number | null;
  readonly rows: number | null;
  readonly files_rows: number | null;
}

const CHECK = 'SELECT * FROM delivery.check_ledger($1, $2, $3)';

/** Holds a lane's cuts against one another, and against the rows of their files. */
export async function compareLedger(
  sql: Sql,
  run: ClaimedReconciliation,
  step: LaneStep,
): Promise<PageRecord> {
  const { rows } = await sql.query<Row>(CHECK, [step.laneId, run.from, run.to]);
  const findings = rows.map((row): Finding => {
    const offsets: FindingDetail = { firstOffset: row.lo, lastOffset: row.hi };
    const cut: FindingDetail = row.cut_id === null ? {} : { cutId: row.cut_id };
    const sides: FindingDetail =
      row.files_rows === null ? {} : { cutRows: row.rows, filesRows: row.files_rows };
    return {
      kind: findingKindSchema.parse(row.kind),
      subject: `offsets ${row.lo}–${row.hi} of ${step.type}`,
      bucket: null,
      key: null,
      fileId: null,
      type: step.type,
      hourMs: null,
      rows: row.rows === null || row.files_rows === null ? null : row.rows - row.files_rows,
      detail: { ...offsets, ...cut, ...sides },
    };
  });
  return { next: null, files: 0, objects: 0, findings };
}
