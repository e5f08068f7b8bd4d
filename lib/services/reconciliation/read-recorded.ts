import type { RecordedFile } from '@/lib/domain/reconciliation/compare-page';
import type { Sql } from '@/lib/platform/sql';
import type { BucketStep } from './next-step';

interface Row {
  readonly id: string;
  readonly key: string;
  readonly state: RecordedFile['state'];
  readonly gzip_bytes: number | null;
  readonly etag: string | null;
  readonly rows: number;
  readonly hour: Date | null;
  readonly delivered_at: Date | null;
}

const READ = `SELECT f.id, f.key, f.state, f.gzip_bytes, f.etag, f.rows, f.hour, f.delivered_at FROM file f
  WHERE f.routing_id = $1 AND f.type = $2 AND f.endpoint = $3 AND f.bucket = $4
    AND f.key COLLATE "C" > $5 AND f.key COLLATE "C" < $6
    AND (f.hour IS NULL OR f.hour >= $7 AND f.hour < $8)
  ORDER BY f.key COLLATE "C" LIMIT $9`;

interface Page {
  readonly routingId: string;
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
}

/** The ledger's files of a step behind its cursor, whatever became of them, in the order of their keys' bytes. */
export async function readRecordedFiles(
  sql: Sql,
  step: BucketStep,
  { routingId, from, to, limit }: Page,
): Promise<RecordedFile[]> {
  const { type, endpoint, bucket, after, until } = step;
  const { rows } = await sql.query<Row>(READ, [
    routingId,
    type,
    endpoint,
    bucket,
    step.cursor ?? after,
    until,
    from,
    to,
    limit,
  ]);
  return rows.map((row) => ({
    fileId: row.id,
    key: row.key,
    state: row.state,
    gzipBytes: row.gzip_bytes,
    etag: row.etag,
    rows: row.rows,
    hourMs: row.hour?.getTime() ?? null,
    deliveredAtMs: row.delivered_at?.getTime() ?? null,
  }));
}
