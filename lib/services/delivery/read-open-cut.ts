import { dataTypeSchema } from '@/lib/domain/data-type';
import type { AttemptOutcome } from '@/lib/domain/delivery/decide-attempt';
import { fileKindSchema } from '@/lib/domain/delivery/file-kind';
import type { OpenFile, SealedCut } from '@/lib/domain/delivery/sealed-file';
import type { Sql } from '@/lib/platform/sql';

interface Row {
  readonly cut_id: number;
  readonly cut_generation: number;
  readonly cut_lo: number;
  readonly cut_hi: number;
  readonly event_names: string[];
  readonly left_out: number[];
  readonly stream_id: number;
  readonly routing_id: string;
  readonly id: string | null;
  readonly generation: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly type: string;
  readonly hour_ms: number | null;
  readonly lo: number;
  readonly hi: number;
  readonly kind: string;
  readonly rows: number;
  readonly raw_bytes: number;
  readonly crc_raw: number;
  readonly denials: number;
  readonly denied_for_ms: number;
  readonly is_conflict: boolean;
  readonly attempts: readonly { outcome: AttemptOutcome | null; httpStatus: number | null }[];
}

// The latest attempts of each file down to the first that was not a bare refusal.
const OPEN_CUT = `SELECT c.id AS cut_id, c.generation AS cut_generation, c.lo AS cut_lo, c.hi AS cut_hi,
    c.event_names, x.left_out, l.stream_id, c.routing_id, f.id, f.generation, f.endpoint, f.bucket, f.key, f.type, (extract(epoch FROM f.hour) * 1000)::bigint AS hour_ms, f.lo, f.hi, f.kind,
    f.rows, f.raw_bytes, f.crc_raw, coalesce(d.denials, 0)::int AS denials, coalesce(d.denied_for_ms, 0) AS denied_for_ms,
    f.state = 'conflict' AS is_conflict, t.attempts
  FROM cut c
  JOIN lane l ON l.id = c.lane_id
  LEFT JOIN LATERAL (
    SELECT coalesce(json_agg(o ORDER BY o), '[]') AS left_out
    FROM cut_set_aside a, unnest(a.offsets) o WHERE a.cut_id = c.id AND a.reason = 'corrupt'
  ) x ON true
  LEFT JOIN file f ON f.cut_id = c.id AND f.generation = c.generation AND f.state IN ('sealed', 'conflict')
  LEFT JOIN LATERAL (
    SELECT count(*) AS denials,
      extract(epoch FROM clock_timestamp() - min(a.ended_at))::float8 * 1000 AS denied_for_ms
    FROM attempt a WHERE a.file_id = f.id AND a.outcome = 'refused' AND a.http_status = 403 AND a.number > (
      SELECT coalesce(max(b.number), 0) FROM attempt b
      WHERE b.file_id = f.id AND b.outcome IS NOT NULL AND b.http_status IS DISTINCT FROM 403)
  ) d ON true
  LEFT JOIN LATERAL (
    SELECT coalesce(json_agg(DISTINCT jsonb_build_object('outcome', a.outcome, 'httpStatus', a.http_status)), '[]')
      AS attempts
    FROM attempt a WHERE a.file_id = f.id
  ) t ON true
  WHERE c.lane_id = $1 AND c.state = 'sealed' ORDER BY f.position`;

/** The lane's one open cut with the files that are not yet in the bucket, or null. */
export async function readOpenCut(sql: Sql, laneId: number): Promise<SealedCut | null> {
  const { rows } = await sql.query<Row>(OPEN_CUT, [laneId]);
  const first = rows[0];
  if (first === undefined) return null;
  return {
    cutId: first.cut_id,
    generation: first.cut_generation,
    lo: first.cut_lo,
    hi: first.cut_hi,
    openFiles: rows.flatMap((row) => (row.id === null ? [] : [toFile(row, row.id)])),
  };
}

function toFile(row: Row, fileId: string): OpenFile {
  return {
    fileId,
    routingId: row.routing_id,
    streamId: row.stream_id,
    generation: row.generation,
    endpoint: row.endpoint,
    bucket: row.bucket,
    key: row.key,
    type: dataTypeSchema.parse(row.type),
    hourMs: row.hour_ms,
    lo: row.lo,
    hi: row.hi,
    leftOut: row.left_out,
    eventNames: row.event_names,
    kind: fileKindSchema.parse(row.kind),
    rows: row.rows,
    rawBytes: row.raw_bytes,
    crcRaw: row.crc_raw,
    denials: row.denials,
    firstDenialAgoMs: row.denied_for_ms,
    isConflict: row.is_conflict,
    attempts: row.attempts,
  };
}
