import type { PointParts } from '@/lib/domain/latency/series';
import { LatencyTally } from '@/lib/domain/latency/tally';
import type { LatencyWindow } from '@/lib/domain/latency/window';
import type { Db } from '@/lib/platform/db/client';

interface PointRow {
  readonly at_ms: number;
  readonly rows: number;
  readonly within_rows: number;
  readonly max_ms: number;
  readonly waiting_ms: number;
  readonly batching_ms: number;
  readonly uploading_ms: number;
  readonly retrying_ms: number;
  readonly files: number;
  readonly raw_bytes: number;
  readonly gzip_bytes: number;
  readonly is_demo: boolean;
  readonly sketches: Uint8Array;
}

/**
 * The roll-ups of one routing in the window, merged into its points, by their start. Of a day or hour that is due to
 * be folded again the finer rows are taken: what is read is never behind the minutes.
 */
export async function readParts(
  db: Db,
  routingId: string,
  window: LatencyWindow,
): Promise<Map<number, PointParts>> {
  const { grain, stepMs } = window;
  const from = new Date(window.fromMs);
  const to = new Date(window.toMs);
  const rows = await db.$queryRaw<PointRow[]>`
    WITH due AS MATERIALIZED (
      SELECT grain, at, at + CASE grain WHEN 'day' THEN interval '1 day' ELSE interval '1 hour' END AS until
      FROM latency_due WHERE routing_id = ${routingId}::uuid
    ), picked AS (
      SELECT r.* FROM latency_rollup r
      WHERE r.routing_id = ${routingId}::uuid AND r.grain = ${grain} AND r.at >= ${from} AND r.at < ${to}
        AND NOT EXISTS (SELECT FROM due d WHERE d.grain = ${grain} AND d.at = r.at)
      UNION ALL
      SELECT r.* FROM due d JOIN latency_rollup r
        ON r.routing_id = ${routingId}::uuid AND r.grain = 'hour' AND r.at >= d.at AND r.at < d.until
      WHERE ${grain} = 'day' AND d.grain = 'day' AND r.at >= ${from} AND r.at < ${to}
        AND NOT EXISTS (SELECT FROM due e WHERE e.grain = 'hour' AND e.at = r.at)
      UNION ALL
      SELECT r.* FROM due d JOIN latency_rollup r
        ON r.routing_id = ${routingId}::uuid AND r.grain = 'minute' AND r.at >= d.at AND r.at < d.until
      WHERE ${grain} <> 'minute' AND d.grain = 'hour' AND r.at >= ${from} AND r.at < ${to}
    )
    SELECT (floor(extract(epoch FROM at) * 1000 / ${stepMs}::bigint) * ${stepMs}::bigint)::float8 AS at_ms,
      sum(rows)::float8 AS rows, sum(within_rows)::float8 AS within_rows, max(max_ms)::float8 AS max_ms,
      sum(waiting_ms)::float8 AS waiting_ms, sum(batching_ms)::float8 AS batching_ms,
      sum(uploading_ms)::float8 AS uploading_ms, sum(retrying_ms)::float8 AS retrying_ms,
      sum(files)::float8 AS files, sum(raw_bytes)::float8 AS raw_bytes, sum(gzip_bytes)::float8 AS gzip_bytes,
      bool_or(is_demo) AS is_demo, string_agg(int4send(length(sketch)) || sketch, ''::bytea) AS sketches
    FROM picked GROUP BY 1`;
  return new Map(rows.map((row) => [row.at_ms, toParts(row)]));
}

function toParts(row: PointRow): PointParts {
  const tally = new LatencyTally();
  tally.add({
    rows: row.rows,
    withinRows: row.within_rows,
    maxMs: row.max_ms,
    waitingMs: row.waiting_ms,
    batchingMs: row.batching_ms,
    uploadingMs: row.uploading_ms,
    retryingMs: row.retrying_ms,
    files: row.files,
    rawBytes: row.raw_bytes,
    gzipBytes: row.gzip_bytes,
  });
  tally.sketch.mergeFramed(row.sketches);
  return { tally, isDemo: row.is_demo };
}
