import type { RollupGrain } from '@/lib/domain/latency/rollup';
import { LatencySketch, quantileMs } from '@/lib/domain/latency/sketch';
import type { SqlClient } from '@/lib/platform/sql';

/** Sums stay text between reading and writing: they may be larger than a number holds exactly. */
interface SumRow {
  readonly at: Date;
  readonly organization_id: string;
  readonly rows: string;
  readonly within_rows: string;
  readonly sum_ms: string;
  readonly max_ms: string;
  readonly waiting_ms: string;
  readonly batching_ms: string;
  readonly uploading_ms: string;
  readonly retrying_ms: string;
  readonly files: string;
  readonly raw_bytes: string;
  readonly gzip_bytes: string;
  readonly sketches: Buffer;
  readonly is_demo: boolean;
}

const SUMS = `sum(rows)::text AS rows, sum(within_rows)::text AS within_rows, sum(sum_ms)::text AS sum_ms,
  max(max_ms)::text AS max_ms, sum(waiting_ms)::text AS waiting_ms, sum(batching_ms)::text AS batching_ms,
  sum(uploading_ms)::text AS uploading_ms, sum(retrying_ms)::text AS retrying_ms, sum(files)::text AS files,
  sum(raw_bytes)::text AS raw_bytes, sum(gzip_bytes)::text AS gzip_bytes,
  string_agg(int4send(length(sketch)) || sketch, ''::bytea) AS sketches`;

/** Minutes that one transaction folds at most. */
const MINUTES_MAX = 60;

// One statement, hence one snapshot: what is marked as folded afterwards is exactly what was summed.
const MINUTES = `SELECT m.at, c.organization_id, ${SUMS}, false AS is_demo,
    array_agg(c.cut_id) FILTER (WHERE NOT c.folded) AS new_cut_ids
  FROM (
    SELECT DISTINCT date_trunc('minute', committed_at, 'UTC') AS at FROM cut_latency
    WHERE routing_id = $1 AND NOT folded ORDER BY at LIMIT $2
  ) m
  JOIN cut_latency c ON c.routing_id = $1 AND c.committed_at >= m.at AND c.committed_at < m.at + interval '1 minute'
  GROUP BY m.at, c.organization_id`;

function coarser(finer: 'minute' | 'hour', width: string): string {
  return `SELECT $2::timestamptz AS at, organization_id, ${SUMS}, bool_or(is_demo) AS is_demo
    FROM latency_rollup
    WHERE routing_id = $1 AND grain = '${finer}' AND at >= $2::timestamptz AND at < $2::timestamptz + ${width}
    GROUP BY organization_id`;
}

const HOUR = coarser('minute', `interval '1 hour'`);
const DAY = coarser('hour', `interval '1 day'`);

const SUM_COLUMNS = `rows, within_rows, sum_ms, max_ms, waiting_ms, batching_ms, uploading_ms, retrying_ms, files,
  raw_bytes, gzip_bytes, sketch, is_demo, p95_ms`;
const UPSERT = `INSERT INTO latency_rollup (organization_id, routing_id, grain, at, ${SUM_COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
  ON CONFLICT (routing_id, grain, at) DO UPDATE SET (${SUM_COLUMNS}) = ROW (${SUM_COLUMNS.split(',')
    .map((column) => `excluded.${column.trim()}`)
    .join(', ')})`;

/**
 * Writes the minutes with new cuts anew, each from all of its cuts, and says which. A minute made up for the demo is
 * replaced.
 */
export async function foldMinutes(
  client: SqlClient,
  routingId: string,
): Promise<{ minutes: Date[]; newCutIds: number[] }> {
  const { rows } = await client.query<SumRow & { readonly new_cut_ids: number[] }>(MINUTES, [
    routingId,
    MINUTES_MAX,
  ]);
  for (const row of rows) await upsert(client, { routingId, grain: 'minute', row });
  return { minutes: rows.map((row) => row.at), newCutIds: rows.flatMap((row) => row.new_cut_ids) };
}

/** Writes an hour anew from its minutes, or a day from its hours. */
export async function foldCoarser(
  client: SqlClient,
  routingId: string,
  { grain, at }: { grain: 'hour' | 'day'; at: Date },
): Promise<void> {
  const { rows } = await client.query<SumRow>(grain === 'hour' ? HOUR : DAY, [routingId, at]);
  for (const row of rows) await upsert(client, { routingId, grain, row });
}

async function upsert(
  client: SqlClient,
  { routingId, grain, row }: { routingId: string; grain: RollupGrain; row: SumRow },
): Promise<void> {
  const sketch = new LatencySketch();
  sketch.mergeFramed(row.sketches);
  await client.query(UPSERT, [
    row.organization_id,
    routingId,
    grain,
    row.at,
    row.rows,
    row.within_rows,
    row.sum_ms,
    row.max_ms,
    row.waiting_ms,
    row.batching_ms,
    row.uploading_ms,
    row.retrying_ms,
    row.files,
    row.raw_bytes,
    row.gzip_bytes,
    Buffer.from(sketch.encode()),
    row.is_demo,
    quantileMs(sketch, 0.95, Number(row.max_ms)),
  ]);
}
