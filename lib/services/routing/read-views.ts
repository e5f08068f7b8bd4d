import type { RoutingView } from '@/lib/domain/routing/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { type RoutingRow, toRoutingView } from './to-view';

interface RoutingFilter {
  readonly routingId?: string;
  /** Only these routings. */
  readonly routingIds?: readonly string[];
  /** Null or absent: of every organization. */
  readonly organizationId?: string | null;
  readonly limit: number;
}

/**
 * Routings with where they deliver to, what is pending and their last file, newest first, in one statement.
 * Freshness is live: of a lane the dispatcher has not looked at, the oldest chunk itself is asked.
 */
export async function readRoutingViews(
  db: Pick<DbTransaction, '$queryRaw'>,
  filter: RoutingFilter,
): Promise<RoutingView[]> {
  const { routingId = null, routingIds = null, organizationId = null, limit } = filter;
  const rows = await db.$queryRaw<RoutingRow[]>`
    WITH page AS (
      SELECT r.*, o.name AS organization_name, w.name AS workspace_name,
        d.endpoint, d.bucket, d.region, d.prefix, d.kms_key_arn, c.access_key_id_last4, c.role_arn
      FROM routing r
      JOIN organization o ON o.id = r.organization_id
      JOIN workspace w ON w.id = r.workspace_id
      JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version
      LEFT JOIN credential c ON c.id = d.credential_id
      WHERE (${routingId}::uuid IS NULL OR r.id = ${routingId}::uuid)
        AND (${routingIds}::uuid[] IS NULL OR r.id = ANY (${routingIds}::uuid[]))
        AND (${organizationId}::uuid IS NULL OR r.organization_id = ${organizationId}::uuid)
      ORDER BY r.created_at DESC, r.id DESC
      LIMIT ${limit}
    )
    SELECT page.*, delivery.is_measured() AS is_measured, now() AS now,
      p.freshness_ms, p.pending_rows, p.pending_bytes, p.pending_since, p.kept_until, t.in_flight_until, e.age_before_ms, e.before_ago_ms,
      n.threshold AS notice_threshold, n.at AS notice_at, n.oldest_received_at, n.lost_from, n.notice_rows,
      g.gap_count, g.gap_rows, g.gap_from, g.gap_to, g.gap_at, g.gap_may_exist,
      a.proven_at, a.stopped_cause, f.id AS file_id, f.key AS file_key, f.rows::float8 AS file_rows, f.delivered_at AS file_delivered_at
    FROM page
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(w.rows), 0)::float8 AS pending_rows, coalesce(sum(w.bytes), 0)::float8 AS pending_bytes,
        (extract(epoch FROM now() - min(w.since)) * 1000)::float8 AS freshness_ms,
        min(w.since) AS pending_since, min(w.since) + page.retention_hours * interval '1 hour' AS kept_until
      FROM (
        SELECT least(s.rows_total, l.end_rows) - l.rows_done AS rows,
          least(s.body_bytes_total, l.end_body_bytes) - l.body_bytes_done AS bytes,
          coalesce(l.pending_since, (
            SELECT k.received_min FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = l.done)) AS since
        FROM lane l JOIN log.stream s ON s.id = l.stream_id
        WHERE l.routing_id = page.id AND s.type = ANY (page.data_types) AND least(s.next_offset, l.end_offset) > l.done
      ) w
    ) p
    LEFT JOIN LATERAL (
      SELECT max(a.deadline_at) AS in_flight_until FROM attempt a
      WHERE a.routing_id = page.id AND a.outcome IS NULL AND page.lifecycle IN ('pausing', 'draining')
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT c.max_ms::float8 AS age_before_ms,
        (extract(epoch FROM now() - c.committed_at) * 1000)::float8 AS before_ago_ms
      FROM cut_latency c
      WHERE c.routing_id = page.id AND c.committed_at > now() - interval '5 minutes'
        AND (page.health = 'late' OR page.lifecycle = 'draining')
      ORDER BY c.committed_at LIMIT 1
    ) e ON true
    LEFT JOIN LATERAL (
      SELECT id, key, rows, delivered_at FROM file
      WHERE routing_id = page.id AND state = 'delivered' ORDER BY delivered_at DESC, id LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT threshold, at, oldest_received_at, lost_from, pending_rows::float8 AS notice_rows FROM retention_notice
      WHERE routing_id = page.id AND ended_at IS NULL ORDER BY threshold DESC LIMIT 1
    ) n ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS gap_count, coalesce(sum(rows), 0)::float8 AS gap_rows, min(received_min) AS gap_from,
        max(received_max) AS gap_to, max(at) AS gap_at, coalesce(bool_or(may_exist), false) AS gap_may_exist
      FROM gap WHERE routing_id = page.id AND at > now() - interval '7 days'
    ) g
    LEFT JOIN access_proof a ON a.routing_id = page.id AND a.destination_version = page.destination_version
    ORDER BY page.created_at DESC, page.id DESC`;
  return rows.map(toRoutingView);
}
