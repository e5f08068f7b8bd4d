import type { DataType } from '@/lib/domain/data-type';
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';

export interface HourRow {
  readonly hour: Date;
  readonly accepted: number;
  readonly is_known: boolean;
  /** Whether collectors counted it all; else chunks did. */
  readonly is_counted: boolean;
  /** The chunks' side of accepted; null when they were gone before they were counted. */
  readonly chunk_rows: number | null;
  readonly pending: number;
  readonly delivered: number;
  readonly set_aside: number;
  readonly set_aside_corrupt: number;
  readonly gap: number;
  readonly files: number;
  readonly gzip_bytes: number;
  readonly latency_max_ms: number | null;
  /** Database time, and how far hours are closed; null when none is. */
  readonly now: Date;
  readonly closed_through: Date | null;
}

interface HourRange {
  readonly routingId: string;
  readonly type: DataType;
  readonly from: Date;
  readonly to: Date;
  /** When the routing was first started; null for one that never was. */
  readonly startedAt: Date | null;
}

/**
 * The hours of a range as log and ledger have them, each side counted by itself, in one statement and so as of one
 * moment. Accepted is what collectors counted, waiting comes from the log's totals; of an hour in which a lane stands,
 * from its chunks.
 */
export async function readHours(db: Db, range: HourRange): Promise<HourRow[]> {
  const { routingId, type, from, to } = range;
  const started = range.startedAt?.toISOString() ?? 'infinity';
  return db.$queryRaw<HourRow[]>`
    WITH lanes AS (${lanesOf(routingId, type)}),
    left_out AS (
      SELECT o.id, o.lane_id, o.lo, o.hi, o.from_hour,
        -- a stream that was born after the routing started had no events before
        CASE WHEN o.hi < o.lo THEN least(o.to_hour, date_trunc('hour', ${started}::timestamptz, 'UTC'))
          ELSE o.to_hour END AS to_hour
      FROM lane_left_out o JOIN lanes l ON l.id = o.lane_id
    ),
    own AS (${ownHours(from, to)}),
    log_side AS (
      SELECT h.hour, coalesce(sum(o.accepted), 0) AS accepted, coalesce(sum(o.waiting), 0) AS waiting,
        h.hour >= c.since AND coalesce(sum(o.of_chunks), 0) = 0 AS is_counted,
        CASE WHEN bool_and(h.hour >= l.since) THEN coalesce(sum(o.chunk_rows), 0) END AS chunk_rows,
        bool_and((h.hour >= l.since OR h.hour >= c.since) AND (coalesce(o.accepted, 0) > 0 OR NOT EXISTS (
          SELECT FROM left_out x WHERE x.lane_id = l.id AND h.hour >= x.from_hour AND h.hour < x.to_hour))) AS is_known,
        min(l.closed_through) AS closed_through
      FROM generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 hour', '1 hour') AS h (hour)
      CROSS JOIN log.counting c
      CROSS JOIN lanes l LEFT JOIN own o ON o.lane_id = l.id AND o.hour = h.hour
      GROUP BY h.hour, c.since
    ),
    ledger_side AS (${deliveredHours(range)}),
    unsettled AS (
      SELECT ${HOUR_OF_FILE} AS hour, sum(f.rows) AS rows
      FROM lanes l JOIN cut c ON c.lane_id = l.id AND c.state = 'sealed' JOIN file f ON f.cut_id = c.id
      WHERE f.state = 'delivered' GROUP BY 1
    ),
    aside AS (
      SELECT a.hour, sum(a.rows) AS rows, sum(a.rows) FILTER (WHERE a.reason = 'corrupt') AS corrupt
      FROM cut_set_aside a JOIN cut c ON c.id = a.cut_id
      JOIN lanes l ON l.id = c.lane_id
      WHERE a.routing_id = ${routingId}::uuid AND a.hour >= ${from} AND a.hour < ${to} AND c.state = 'committed'
      GROUP BY 1
    ),
    lost AS (
      SELECT x.hour, sum(x.rows) AS rows FROM lanes l JOIN gap g ON g.lane_id = l.id
      JOIN gap_hour x ON x.gap_id = g.id GROUP BY 1
    )
    SELECT h.hour, coalesce(s.accepted, 0)::float8 AS accepted,
      coalesce(s.is_known, h.hour >= date_trunc('hour', ${started}::timestamptz, 'UTC')) AS is_known,
      coalesce(s.is_counted, true) AS is_counted, CASE WHEN s.hour IS NULL THEN 0 ELSE s.chunk_rows END::float8 AS chunk_rows,
      (coalesce(s.waiting, 0) - coalesce(u.rows, 0))::float8 AS pending,
      coalesce(d.rows, 0)::float8 AS delivered, coalesce(a.rows, 0)::float8 AS set_aside,
      coalesce(a.corrupt, 0)::float8 AS set_aside_corrupt,
      coalesce(x.rows, 0)::float8 AS gap, coalesce(d.files, 0)::int AS files,
      coalesce(d.gzip_bytes, 0)::float8 AS gzip_bytes, d.latency_max_ms,
      now() AS now, CASE WHEN isfinite(through.at) THEN through.at END AS closed_through
    FROM generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 hour', '1 hour') AS h (hour)
    LEFT JOIN log_side s USING (hour) LEFT JOIN ledger_side d USING (hour) LEFT JOIN unsettled u USING (hour)
    LEFT JOIN aside a USING (hour) LEFT JOIN lost x USING (hour)
    CROSS JOIN LATERAL (SELECT coalesce(s.closed_through, c.closed_through) AS at FROM log.closing c) through
    ORDER BY h.hour`;
}

/** Snapshots are not partitioned: theirs is the hour in which they were received. */
const HOUR_OF_FILE = Prisma.sql`coalesce(f.hour, date_trunc('hour', f.received_min, 'UTC'))`;

function lanesOf(routingId: string, type: DataType): Prisma.Sql {
  return Prisma.sql`
    SELECT l.id, l.stream_id, l.next, l.done, l.end_offset, s.closed_through, s.type = ANY (r.data_types) AS is_wanted,
      coalesce(c.since, '-infinity') AS since
    FROM lane l JOIN routing r ON r.id = l.routing_id JOIN log.stream s ON s.id = l.stream_id
    LEFT JOIN log.hour_cursor c ON c.stream_id = s.id
    WHERE l.routing_id = ${routingId}::uuid AND s.type = ${type}`;
}

/**
 * Per lane and hour with events: what it carries of them by either source, and what of that it has not committed. What
 * a lane leaves out is known by its chunks alone, so the collectors' count is the chunks' and how far the two differ.
 */
function ownHours(from: Date, to: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT l.id AS lane_id, k.hour, carried.rows AS chunk_rows,
      CASE WHEN l.done >= l.end_offset THEN 0 ELSE ahead.rows - unwanted.rows END AS waiting,
      CASE WHEN k.is_counted AND NOT (k.rows > 0 AND carried.rows = 0) THEN carried.rows + k.accepted - k.rows
        ELSE carried.rows END AS accepted,
      k.of_chunks
    FROM lanes l
    CROSS JOIN LATERAL (
      SELECT hour, coalesce(t.rows, 0) AS rows, t.first_offset, t.last_offset, coalesce(a.rows, 0) AS accepted,
        coalesce(a.of_chunks, 0) AS of_chunks, hour >= (SELECT c.since FROM log.counting c) AS is_counted
      FROM log.hours(l.stream_id, ${from}, ${to}) t
      FULL JOIN log.accepted_hours(l.stream_id, ${from}, ${to}) a USING (hour)
    ) k
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(CASE WHEN k.first_offset >= o.lo AND k.last_offset <= o.hi THEN k.rows
        ELSE coalesce(x.rows, 0) END), 0) AS rows
      FROM left_out o LEFT JOIN lane_left_out_hour x ON x.left_out_id = o.id AND x.hour = k.hour
      WHERE o.lane_id = l.id
    ) left_out
    CROSS JOIN LATERAL (
      SELECT CASE WHEN k.rows = 0 OR k.last_offset < l.done THEN 0 WHEN k.first_offset >= l.done THEN k.rows
        ELSE log.rows_of_hour(l.stream_id, k.hour, l.done, k.last_offset) END AS rows
    ) ahead
    CROSS JOIN LATERAL (
      SELECT CASE WHEN k.rows = 0 OR k.last_offset < until.at THEN 0 WHEN k.first_offset >= until.at THEN k.rows
        WHEN l.is_wanted THEN k.rows - coalesce(
          (SELECT e.rows FROM lane_end_hour e WHERE e.lane_id = l.id AND e.hour = k.hour), k.rows)
        ELSE log.rows_of_hour(l.stream_id, k.hour, l.next, k.last_offset) END AS rows
      -- a lane carries nothing from where its routing ended, or behind its last cut where its type is not wanted any more
      FROM (SELECT CASE WHEN l.is_wanted THEN coalesce(l.end_offset, 9223372036854775807) ELSE l.next END AS at) until
    ) unwanted
    CROSS JOIN LATERAL (SELECT k.rows - left_out.rows - unwanted.rows AS rows) carried`;
}

function deliveredHours({ routingId, type, from, to }: HourRange): Prisma.Sql {
  const inRange =
    type === 'segment'
      ? Prisma.sql`f.hour IS NULL AND f.received_min >= ${from} AND f.received_min < ${to}`
      : Prisma.sql`f.hour >= ${from} AND f.hour < ${to}`;
  return Prisma.sql`
    SELECT ${HOUR_OF_FILE} AS hour, count(*) AS files, sum(f.rows) AS rows, sum(f.gzip_bytes) AS gzip_bytes,
      round(extract(epoch FROM max(f.delivered_at - f.received_min)) * 1000)::float8 AS latency_max_ms
    FROM file f
    WHERE f.routing_id = ${routingId}::uuid AND f.type = ${type} AND f.state = 'delivered' AND ${inRange}
    GROUP BY 1`;
}
