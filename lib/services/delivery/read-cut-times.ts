import type { CutTimes } from '@/lib/domain/latency/cut-figures';
import type { Sql } from '@/lib/platform/sql';

interface Row {
  readonly lo: number;
  readonly hi: number;
  readonly sealed_ms: number;
  readonly promise_ms: number;
  readonly flush_interval_ms: number;
  readonly file_lo: number | null;
  readonly file_hi: number;
  readonly hour_ms: number | null;
  readonly rows: number;
  readonly raw_bytes: number;
  readonly gzip_bytes: number;
  readonly marked_ms: number;
  readonly delivered_ms: number;
}

// An attempt whose answer was lost may be the one that landed: then no other ended as done.
const CUT_TIMES = `SELECT c.lo, c.hi, (extract(epoch FROM c.sealed_at) * 1000)::bigint AS sealed_ms,
    r.promise_seconds * 1000 AS promise_ms, r.flush_interval_ms,
    f.lo AS file_lo, f.hi AS file_hi, (extract(epoch FROM f.hour) * 1000)::bigint AS hour_ms,
    f.rows, f.raw_bytes, coalesce(f.gzip_bytes, 0) AS gzip_bytes,
    (extract(epoch FROM coalesce(t.marked_at, c.sealed_at)) * 1000)::bigint AS marked_ms,
    (extract(epoch FROM f.delivered_at) * 1000)::bigint AS delivered_ms
  FROM cut c
  JOIN routing r ON r.id = c.routing_id
  LEFT JOIN file f ON f.cut_id = c.id AND f.state = 'delivered'
  LEFT JOIN LATERAL (
    SELECT coalesce(max(a.marked_at) FILTER (WHERE a.outcome = 'done'),
      max(a.marked_at) FILTER (WHERE a.outcome = 'unknown')) AS marked_at
    FROM attempt a WHERE a.file_id = f.id
  ) t ON true
  WHERE c.id = $1 AND c.state = 'sealed' ORDER BY f.position`;

/** When the delivered files of a cut were sealed, marked and delivered; null for one that is committed already. */
export async function readCutTimes(sql: Sql, cutId: number): Promise<CutTimes | null> {
  const { rows } = await sql.query<Row>(CUT_TIMES, [cutId]);
  const [first] = rows;
  if (first === undefined) return null;
  return {
    lo: first.lo,
    hi: first.hi,
    sealedAtMs: first.sealed_ms,
    promiseMs: first.promise_ms,
    flushIntervalMs: first.flush_interval_ms,
    files: rows.flatMap((row) =>
      row.file_lo === null
        ? []
        : [
            {
              lo: row.file_lo,
              hi: row.file_hi,
              hourMs: row.hour_ms,
              rows: row.rows,
              rawBytes: row.raw_bytes,
              gzipBytes: row.gzip_bytes,
              markedAtMs: row.marked_ms,
              deliveredAtMs: row.delivered_ms,
            },
          ],
    ),
  };
}
