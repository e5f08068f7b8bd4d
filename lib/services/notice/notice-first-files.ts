import type { Sql } from '@/lib/platform/sql';

// One statement, so that the row that is there once for good and what people are told are stored together. Only what
// has begun to deliver is looked at; a resumed routing has its row already.
const NOTICE = `WITH begun AS (
    SELECT r.id, r.organization_id, r.workspace_id, r.name, r.data_types, r.promise_seconds, f.id AS file_id, f.bucket,
      f.key, f.rows, f.delivered_at, d.region, d.prefix
    FROM routing r
    CROSS JOIN LATERAL (
      SELECT f.id, f.cut_id, f.bucket, f.key, f.rows, f.delivered_at FROM file f
      WHERE f.routing_id = r.id AND f.state = 'delivered' ORDER BY f.delivered_at, f.id LIMIT 1) f
    JOIN cut c ON c.id = f.cut_id
    JOIN destination d ON d.routing_id = r.id AND d.version = c.destination_version
    WHERE r.lifecycle IN ('active', 'pausing', 'paused', 'resuming', 'draining', 'disabled')
      AND NOT EXISTS (SELECT FROM first_file t WHERE t.routing_id = r.id)
    LIMIT 100),
  first AS (
    INSERT INTO first_file (routing_id, organization_id, file_id)
    SELECT id, organization_id, file_id FROM begun ON CONFLICT (routing_id) DO NOTHING RETURNING routing_id),
  news AS (
    SELECT b.*, jsonb_build_object('organizationName', o.name, 'workspaceName', w.name, 'routingName', b.name,
      'bucket', b.bucket, 'region', b.region, 'prefix', b.prefix, 'dataTypes', b.data_types, 'firstKey', b.key,
      'rows', b.rows, 'promiseSeconds', b.promise_seconds,
      'deliveredAt', to_char(b.delivered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS facts
    FROM begun b JOIN first ON first.routing_id = b.id
    JOIN organization o ON o.id = b.organization_id JOIN workspace w ON w.id = b.workspace_id),
  told AS (
    INSERT INTO notice (organization_id, routing_id, kind, channel, recipient, facts)
    SELECT n.organization_id, n.id, 'live', 'mail', c.email, n.facts
    FROM news n JOIN contact c ON c.routing_id = n.id AND c.role = 'live'
    UNION ALL
    SELECT n.organization_id, n.id, 'live', 'webhook', substring(h.url FROM '^[a-z]+://[^/?#]+'), n.facts
    FROM news n JOIN webhook h ON h.routing_id = n.id)
  SELECT count(*)::int AS found FROM first`;

/**
 * Finds routings whose first file has arrived and notes, once for good, what their contacts and their webhook are
 * told. Returns how many routings began to deliver.
 */
export async function noticeFirstFiles(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ found: number }>(NOTICE);
  return rows[0]?.found ?? 0;
}
