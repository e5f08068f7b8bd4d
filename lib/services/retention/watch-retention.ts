import { judgeRetention } from '@/lib/domain/retention/judge-retention';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Sql } from '@/lib/platform/sql';

interface Row {
  readonly id: string;
  readonly retention_hours: number;
  readonly age_ms: number | null;
  readonly announced: number[];
}

// The oldest line of a lane is that of its first undelivered chunk. A newer snapshot supersedes an older one: segments
// are never near a loss. Chunks are asked for lanes alone that have waited, as far as is known, for half of a retention.
const WAITING = `WITH waiting AS (
    SELECT l.routing_id, min(coalesce(k.received_min, l.pending_since)) AS since
    FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
    LEFT JOIN LATERAL (
      SELECT k.received_min FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = l.done) k ON true
    WHERE least(s.next_offset, l.end_offset) > l.done AND s.type = ANY (r.data_types) AND s.type <> 'segment'
      AND (log.is_started(r.lifecycle) OR r.lifecycle = 'draining')
      AND (l.pending_since IS NULL OR l.pending_since < now() - r.retention_hours * interval '30 minutes')
    GROUP BY l.routing_id),
  said AS (
    SELECT routing_id, array_agg(threshold) AS announced FROM retention_notice WHERE ended_at IS NULL
    GROUP BY routing_id)
  SELECT r.id, r.retention_hours, (extract(epoch FROM now() - w.since) * 1000)::float8 AS age_ms,
    coalesce(said.announced, '{}') AS announced
  FROM routing r LEFT JOIN waiting w ON w.routing_id = r.id LEFT JOIN said ON said.routing_id = r.id
  WHERE w.since IS NOT NULL OR said.announced IS NOT NULL`;

// A row that stands already is left alone: of two that announce at once one tells.
const ANNOUNCE = `WITH told AS (
    INSERT INTO retention_notice (organization_id, routing_id, threshold, oldest_received_at, lost_from, pending_rows,
      pending_bytes)
    SELECT r.organization_id, r.id, n.threshold, now() - n.age_ms * interval '1 ms',
      now() - n.age_ms * interval '1 ms' + r.retention_hours * interval '1 hour', p.rows, p.bytes
    FROM unnest($1::uuid[], $2::int[], $3::float8[]) AS n (routing_id, threshold, age_ms)
    JOIN routing r ON r.id = n.routing_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(least(s.rows_total, l.end_rows) - l.rows_done), 0) AS rows,
        coalesce(sum(least(s.body_bytes_total, l.end_body_bytes) - l.body_bytes_done), 0) AS bytes
      FROM lane l JOIN log.stream s ON s.id = l.stream_id
      WHERE l.routing_id = r.id AND s.type = ANY (r.data_types) AND least(s.next_offset, l.end_offset) > l.done) p
    ON CONFLICT (routing_id, threshold) WHERE ended_at IS NULL DO NOTHING
    RETURNING *)
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
  SELECT organization_id, $4, 'routing.retention_notice', 'routing:' || routing_id,
    jsonb_build_object('threshold', threshold, 'lostFrom', lost_from, 'oldestReceivedAt', oldest_received_at,
      'pendingRows', pending_rows, 'pendingBytes', pending_bytes) FROM told`;

/**
 * Tells before it happens that what a routing has not delivered nears the end of its retention: once per threshold
 * and episode, as a row and in the audit. Returns how many notices it wrote or tried to write.
 */
export async function watchRetention(sql: Sql, workerId: string): Promise<number> {
  const { rows } = await sql.query<Row>(WAITING);
  const looks = rows.map(({ id, age_ms: ageMs, retention_hours, announced }) => ({
    id,
    ageMs,
    verdict: judgeRetention({ ageMs, retentionMs: retention_hours * HOUR_MS, announced }),
  }));
  const over = looks.filter(({ verdict }) => verdict.isOver);
  if (over.length > 0) {
    await sql.query(
      'UPDATE retention_notice SET ended_at = now() WHERE routing_id = ANY ($1::uuid[]) AND ended_at IS NULL',
      [over.map(({ id }) => id)],
    );
  }
  const told = looks.filter(({ verdict }) => verdict.announce !== null);
  if (told.length === 0) return 0;
  await sql.query(ANNOUNCE, [
    told.map(({ id }) => id),
    told.map(({ verdict }) => verdict.announce),
    told.map(({ ageMs }) => ageMs),
    `worker:${workerId}`,
  ]);
  return told.length;
}
