import { FINDINGS_KEPT, type Finding } from '@/lib/domain/reconciliation/finding';
import type { Sql } from '@/lib/platform/sql';
import type { ReconciliationStep } from './next-step';

export interface PageRecord {
  /** Where the step goes on; null when it is done. */
  readonly next: { readonly cursor: string | null; readonly method: 'list' | 'head' } | null;
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
}

const RECORD = `WITH moved AS (
    UPDATE reconciliation_step SET cursor = $4, method = $5, is_done = $6, files = files + $7, objects = objects + $8,
      found = found + jsonb_array_length($9::jsonb)
    WHERE reconciliation_id = $1 AND position = $2 AND NOT is_done AND cursor IS NOT DISTINCT FROM $3 AND method = $10
    RETURNING organization_id, type
  ), freed AS (
    UPDATE reconciliation r SET failures = 0, not_before = NULL, held_cause = NULL,
      lease_until = clock_timestamp() + $11 * interval '1 ms'
    FROM moved WHERE r.id = $1
  ), stored AS (
    INSERT INTO reconciliation_finding (organization_id, reconciliation_id, kind, subject, bucket, key, file_id, type,
      hour, rows, detail)
    SELECT m.organization_id, $1, f.kind, f.subject, f.bucket, f.key, f."fileId", m.type,
      to_timestamp(f."hourMs" / 1000.0), f.rows, f.detail
    FROM moved m, jsonb_to_recordset($9::jsonb) AS f (kind text, subject text, bucket text, key text, "fileId" uuid,
      "hourMs" bigint, rows bigint, detail jsonb)
    WHERE (SELECT count(*) FROM reconciliation_finding x WHERE x.reconciliation_id = $1 AND x.kind = f.kind) < $12
    ON CONFLICT (reconciliation_id, kind, subject) DO NOTHING
  )
  SELECT 1 FROM moved`;

/** Records a page of a step, once: false when another worker was faster. Ends the back-off and renews the lease. */
export async function recordPage(
  sql: Sql,
  at: { readonly id: string; readonly step: ReconciliationStep; readonly leaseMs: number },
  page: PageRecord,
): Promise<boolean> {
  const { id, step, leaseMs } = at;
  const { next, files, objects, findings } = page;
  const { rowCount } = await sql.query(RECORD, [
    id,
    step.position,
    step.cursor,
    next?.cursor ?? step.cursor,
    next?.method ?? step.method,
    next === null,
    files,
    objects,
    JSON.stringify(findings),
    step.method,
    leaseMs,
    FINDINGS_KEPT,
  ]);
  return (rowCount ?? 0) > 0;
}
