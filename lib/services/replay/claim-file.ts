import { replayModeSchema } from '@/lib/domain/replay/view';
import type { Sql } from '@/lib/platform/sql';
import { type SealedFileRow, toSealedFile } from '@/lib/services/delivery/sealed-file-row';
import { HANDS_MAX } from './list-due';
import type { ClaimedReplayFile } from './replay-ledger';

interface Row extends SealedFileRow {
  readonly replay_id: string;
  readonly file_id: string;
  readonly mode: string;
  readonly object_id: string;
  readonly was_missing: boolean;
  readonly failures: number;
  readonly gzip_bytes: number;
  readonly is_kept: boolean;
}

// One claim at a time waits for nobody: a file in other hands is skipped.
const CLAIM = `WITH one AS (
    SELECT x.replay_id, x.file_id, p.mode, p.failures, p.denials,
      coalesce(extract(epoch FROM clock_timestamp() - p.denied_since)::float8 * 1000, 0) AS denied_for_ms
    FROM replay_file x JOIN replay p ON p.id = x.replay_id JOIN routing r ON r.id = p.routing_id
    WHERE x.replay_id = $1 AND x.state = 'pending' AND (x.lease_until IS NULL OR x.lease_until <= clock_timestamp())
      AND p.state = 'running' AND (p.not_before IS NULL OR p.not_before <= clock_timestamp())
      AND log.is_running(r.intent, r.lifecycle)
      AND (SELECT count(*) FROM replay_file h
        WHERE h.replay_id = $1 AND h.state = 'pending' AND h.lease_until > clock_timestamp()) < $3
    ORDER BY x.attempts, x.position LIMIT 1 FOR UPDATE OF x SKIP LOCKED
  ), claimed AS (
    UPDATE replay_file x SET lease_until = clock_timestamp() + $2 * interval '1 ms', attempts = x.attempts + 1
    FROM one WHERE x.replay_id = one.replay_id AND x.file_id = one.file_id
    RETURNING x.*, one.mode, one.failures, one.denials, one.denied_for_ms
  )
  SELECT x.replay_id, x.file_id, x.mode, x.object_id, x.endpoint, x.bucket, x.key, x.was_missing, x.failures, x.denials,
    x.denied_for_ms, f.routing_id, l.stream_id, f.generation, f.type,
    (extract(epoch FROM f.hour) * 1000)::bigint AS hour_ms, f.lo, f.hi, c.event_names, f.kind, f.rows, f.raw_bytes,
    f.crc_raw, coalesce(f.gzip_bytes, 0) AS gzip_bytes,
    (SELECT coalesce(json_agg(o ORDER BY o), '[]') FROM cut_set_aside a, unnest(a.offsets) o
      WHERE a.cut_id = c.id AND a.reason = 'corrupt') AS left_out,
    f.lo >= coalesce(
      (SELECT k."offset" FROM log.chunk k WHERE k.stream_id = s.id ORDER BY k."offset" LIMIT 1), s.next_offset) AS is_kept
  FROM claimed x JOIN file f ON f.id = x.file_id JOIN cut c ON c.id = f.cut_id JOIN lane l ON l.id = c.lane_id
  JOIN log.stream s ON s.id = l.stream_id`;

/** The replay's next file, those tried least first, for a while; null when there is none to take now. */
export async function claimFile(
  sql: Sql,
  replayId: string,
  leaseMs: number,
): Promise<ClaimedReplayFile | null> {
  const { rows } = await sql.query<Row>(CLAIM, [replayId, leaseMs, HANDS_MAX]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    replayId: row.replay_id,
    sourceId: row.file_id,
    mode: replayModeSchema.parse(row.mode),
    gzipBytes: row.gzip_bytes,
    isKept: row.is_kept,
    wasMissing: row.was_missing,
    failures: row.failures,
    file: toSealedFile(row, row.object_id),
  };
}
