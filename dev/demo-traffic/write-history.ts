import { quantileMs } from '@/lib/domain/latency/sketch';
import type { Sql } from '@/lib/platform/sql';
import type { HistoryRow } from './make-history';

const ROWS_PER_STATEMENT = 500;

const INSERT = `INSERT INTO latency_rollup (organization_id, routing_id, grain, at, rows, within_rows, sum_ms, max_ms,
    waiting_ms, batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch, p95_ms, is_demo)
  SELECT r.organization_id, r.id, h.grain, to_timestamp(h."atMs" / 1000.0), h.rows, h."withinRows",
    h."waitingMs" + h."batchingMs" + h."uploadingMs" + h."retryingMs", h."maxMs", h."waitingMs", h."batchingMs",
    h."uploadingMs", h."retryingMs", h.files, h."rawBytes", h."gzipBytes", decode(h.sketch, 'hex'), h."p95Ms", true
  FROM routing r, jsonb_to_recordset($2) AS h (grain text, "atMs" bigint, rows bigint, "withinRows" bigint,
    "maxMs" bigint, "waitingMs" numeric, "batchingMs" numeric, "uploadingMs" numeric, "retryingMs" numeric, files int,
    "rawBytes" bigint, "gzipBytes" bigint, sketch text, "p95Ms" bigint)
  WHERE r.id = $1
  ON CONFLICT (routing_id, grain, at) DO NOTHING`;

/** Writes made-up roll-ups of a routing, marked as such; what is there already stays as it is. */
export async function writeHistory(
  sql: Sql,
  routingId: string,
  history: readonly HistoryRow[],
): Promise<void> {
  for (let from = 0; from < history.length; from += ROWS_PER_STATEMENT) {
    const rows = history.slice(from, from + ROWS_PER_STATEMENT).map(toRecord);
    await sql.query(INSERT, [routingId, JSON.stringify(rows)]);
  }
}

function toRecord({ grain, atMs, tally }: HistoryRow): Record<string, unknown> {
  const sketch = Buffer.from(tally.sketch.encode()).toString('hex');
  return { grain, atMs, ...tally.sums, sketch, p95Ms: quantileMs(tally.sketch, 0.95, tally.sums.maxMs) };
}
