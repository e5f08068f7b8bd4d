import type { Finding } from '@/lib/domain/reconciliation/finding';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedReconciliation } from './claim';
import type { LaneStep } from './next-step';
import type { PageRecord } from './record-page';

/** An hour of a busy stream has tens of thousands of chunks. */
const HOURS_AT_ONCE = 6;

interface Row {
  readonly hour: Date;
  readonly accepted: number;
  readonly chunk_rows: number;
  readonly holes: readonly { readonly lo: number; readonly hi: number; readonly rows: number }[];
}

const CHECK = `SELECT c.* FROM lane l CROSS JOIN LATERAL log.check_hours(l.stream_id, $2, $3) c WHERE l.id = $1`;

/** Holds what collectors accepted against the chunks that are there, for a few closed hours that the log still keeps. */
export async function compareLog(sql: Sql, run: ClaimedReconciliation, step: LaneStep): Promise<PageRecord> {
  const from = step.cursor === null ? run.from : new Date(step.cursor);
  const to = new Date(Math.min(run.to.getTime(), from.getTime() + HOURS_AT_ONCE * HOUR_MS));
  const { rows } = await sql.query<Row>(CHECK, [step.laneId, from, to]);
  const isLast = to.getTime() >= run.to.getTime();
  return {
    next: isLast ? null : { cursor: to.toISOString(), method: step.method },
    files: 0,
    objects: 0,
    findings: rows.flatMap((row) => findingsOf(row, step)),
  };
}

function findingsOf({ hour, accepted, chunk_rows: chunkRows, holes }: Row, step: LaneStep): Finding[] {
  const hourMs = hour.getTime();
  const about = { bucket: null, key: null, fileId: null, type: step.type, hourMs };
  const missing = holes.map(
    ({ lo, hi, rows }): Finding => ({
      ...about,
      kind: 'chunks_missing',
      subject: `offsets ${lo}–${hi} of ${step.type}`,
      rows,
      detail: { firstOffset: lo, lastOffset: hi },
    }),
  );
  if (accepted === chunkRows) return missing;
  const differs: Finding = {
    ...about,
    kind: 'counts_differ',
    subject: `hour ${hour.toISOString()} of ${step.type}`,
    rows: accepted - chunkRows,
    detail: { accepted, chunkRows },
  };
  return [differs, ...missing];
}
