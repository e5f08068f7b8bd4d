import type { DataType } from '@/lib/domain/data-type';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { Sql } from '@/lib/platform/sql';

interface AnyStep {
  readonly position: number;
  readonly type: DataType;
  /** How far it is; null at the beginning. */
  readonly cursor: string | null;
  readonly method: 'list' | 'head';
}

/** Compares a lane's side: its stream's log, or its cuts. */
export interface LaneStep extends AnyStep {
  readonly kind: 'log' | 'ledger';
  readonly laneId: number;
}

/** Compares one type's files at one place; keys are behind `after` and before `until`. */
export interface BucketStep extends AnyStep {
  readonly kind: 'bucket';
  readonly endpoint: string;
  readonly bucket: string;
  readonly folder: string;
  readonly after: string;
  readonly until: string;
}

export type ReconciliationStep = LaneStep | BucketStep;

interface Row {
  readonly position: number;
  readonly kind: 'log' | 'ledger' | 'bucket';
  readonly type: string;
  readonly cursor: string | null;
  readonly method: 'list' | 'head';
  readonly lane_id: number | null;
  readonly endpoint: string | null;
  readonly bucket: string | null;
  readonly folder: string | null;
  readonly key_after: string | null;
  readonly key_until: string | null;
}

const NEXT = `SELECT position, kind, type, cursor, method, lane_id, endpoint, bucket, folder, key_after, key_until
  FROM reconciliation_step WHERE reconciliation_id = $1 AND NOT is_done ORDER BY position LIMIT 1`;

/** What a reconciliation has to look at next; null when it has seen everything. */
export async function nextReconciliationStep(sql: Sql, id: string): Promise<ReconciliationStep | null> {
  const { rows } = await sql.query<Row>(NEXT, [id]);
  const row = rows[0];
  if (row === undefined) return null;
  const { position, kind, cursor, method } = row;
  const step = { position, type: dataTypeSchema.parse(row.type), cursor, method };
  if (kind !== 'bucket') return { ...step, kind, laneId: row.lane_id ?? 0 };
  return {
    ...step,
    kind,
    endpoint: row.endpoint ?? '',
    bucket: row.bucket ?? '',
    folder: row.folder ?? '',
    after: row.key_after ?? '',
    until: row.key_until ?? '',
  };
}
