import type { AttemptOutcome } from '@/lib/domain/delivery/decide-attempt';
import type { OpenFile, SealedCut } from '@/lib/domain/delivery/sealed-file';
import type { Sql } from '@/lib/platform/sql';
import { type SealedFileRow, toSealedFile } from './sealed-file-row';

interface Row extends SealedFileRow {
  readonly cut_id: number;
  readonly cut_generation: number;
  readonly cut_lo: number;
  readonly cut_hi: number;
  /** Null where every file of the cut is in the bucket: then the columns of a file are null as well. */
  readonly id: string | null;
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
  return { ...toSealedFile(row, fileId), isConflict: row.is_conflict, attempts: row.attempts };
}
