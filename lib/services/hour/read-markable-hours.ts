import { dataTypeSchema } from '@/lib/domain/data-type';
import type { MarkedFile, MarkedHour } from '@/lib/domain/hour/marker';
import type { Sql } from '@/lib/platform/sql';

interface Row {
  readonly routing_id: string;
  readonly type: string;
  readonly hour_ms: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly is_known: boolean;
  readonly accepted: number;
  readonly set_aside: number;
  readonly gap: number;
  readonly files: readonly MarkedFile[];
}

/** An hour to mark, or one that the log does not know for this routing. */
export interface MarkableHour extends MarkedHour {
  readonly isKnown: boolean;
}

/**
 * The next hour of each routing and type, from the one in which markers were wanted or the routing was started: closed
 * for every stream of the type, and every lane committed behind its last chunk. One statement, so log and ledger are
 * seen as of one moment. What a lane never carried (`lane_left_out`) is not the routing's.
 */
const MARKABLE = `WITH wanted AS (
    SELECT r.id AS routing_id, r.workspace_id, t.type, d.endpoint, d.bucket, d.prefix, started.at AS started_at,
      greatest(date_trunc('hour', greatest(r.hour_markers_since, started.at), 'UTC'), last.hour + interval '1 hour') AS hour
    FROM routing r
    CROSS JOIN unnest(r.data_types) AS t (type)
    JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version
    CROSS JOIN LATERAL (
      SELECT min(x.at) AS at FROM routing_transition x WHERE x.routing_id = r.id AND x.cause = 'start') started
    LEFT JOIN LATERAL (
      SELECT max(m.hour) AS hour FROM hour_marker m WHERE m.routing_id = r.id AND m.type = t.type) last ON true
    WHERE r.hour_markers AND delivery.may_write(r.intent, r.lifecycle, r.drain_until) AND t.type <> 'segment' AND started.at IS NOT NULL
  ), closed AS (
    SELECT w.* FROM wanted w, log.closing c
    WHERE c.closed_through >= w.hour + interval '1 hour' AND NOT EXISTS (
      SELECT FROM log.stream s LEFT JOIN lane l ON l.stream_id = s.id AND l.routing_id = w.routing_id
      WHERE s.workspace_id = w.workspace_id AND s.type = w.type
        AND (s.closed_through < w.hour + interval '1 hour' OR l.id IS NULL OR EXISTS (
          SELECT FROM log.hours(s.id, w.hour, w.hour + interval '1 hour') k WHERE k.last_offset >= l.done)))
    ORDER BY w.hour, w.routing_id LIMIT $1
  )
  SELECT w.routing_id, w.type, (extract(epoch FROM w.hour) * 1000)::bigint AS hour_ms, w.endpoint, w.bucket, w.prefix,
    coalesce(log_side.is_known, true) AS is_known, coalesce(log_side.accepted, 0)::bigint AS accepted,
    aside.rows AS set_aside, lost.rows AS gap, ledger_side.files
  FROM closed w
  LEFT JOIN LATERAL (
    SELECT sum(coalesce(k.rows, 0) - CASE WHEN k.rows IS NULL THEN 0 ELSE out.rows END) AS accepted,
      bool_and(w.hour >= coalesce(c.since, '-infinity') AND (coalesce(k.rows, 0) > out.rows OR NOT out.is_before)) AS is_known
    FROM lane l JOIN log.stream s ON s.id = l.stream_id
    LEFT JOIN log.hour_cursor c ON c.stream_id = s.id
    LEFT JOIN LATERAL log.hours(s.id, w.hour, w.hour + interval '1 hour') k ON true
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(CASE WHEN k.first_offset >= o.lo AND k.last_offset <= o.hi THEN k.rows
          ELSE coalesce(x.rows, 0) END), 0) AS rows,
        coalesce(bool_or(w.hour >= o.from_hour AND w.hour < CASE WHEN o.hi < o.lo
          THEN least(o.to_hour, date_trunc('hour', w.started_at, 'UTC')) ELSE o.to_hour END), false) AS is_before
      FROM lane_left_out o LEFT JOIN lane_left_out_hour x ON x.left_out_id = o.id AND x.hour = w.hour
      WHERE o.lane_id = l.id
    ) out
    WHERE l.routing_id = w.routing_id AND s.type = w.type
  ) log_side ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.rows), 0)::bigint AS rows FROM cut_set_aside a JOIN cut c ON c.id = a.cut_id
    JOIN lane l ON l.id = c.lane_id JOIN log.stream s ON s.id = l.stream_id
    WHERE a.routing_id = w.routing_id AND a.hour = w.hour AND s.type = w.type AND c.state = 'committed'
  ) aside
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(x.rows), 0)::bigint AS rows FROM lane l JOIN log.stream s ON s.id = l.stream_id
    JOIN gap g ON g.lane_id = l.id JOIN gap_hour x ON x.gap_id = g.id
    WHERE l.routing_id = w.routing_id AND s.type = w.type AND x.hour = w.hour
  ) lost
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('endpoint', f.endpoint, 'bucket', f.bucket, 'key', f.key,
      'rows', f.rows, 'rawBytes', f.raw_bytes, 'gzipBytes', f.gzip_bytes, 'crcRaw', f.crc_raw) ORDER BY f.key), '[]') AS files
    FROM file f WHERE f.routing_id = w.routing_id AND f.hour = w.hour AND f.type = w.type AND f.state = 'delivered'
  ) ledger_side`;

/** At most `limit` hours that may be marked now, the oldest first. */
export async function readMarkableHours(sql: Sql, limit: number): Promise<MarkableHour[]> {
  const { rows } = await sql.query<Row>(MARKABLE, [limit]);
  return rows.map((row) => ({
    routingId: row.routing_id,
    type: dataTypeSchema.parse(row.type),
    hourMs: row.hour_ms,
    isKnown: row.is_known,
    accepted: row.accepted,
    setAside: row.set_aside,
    gap: row.gap,
    files: row.files,
    present: { endpoint: row.endpoint, bucket: row.bucket, prefix: row.prefix },
  }));
}
