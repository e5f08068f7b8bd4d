import { type NoticeChannel, noticeChannelSchema } from '@/lib/domain/notice/notice';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedNotice } from './claimed-notice';

interface Row {
  readonly id: string;
  readonly organization_id: string;
  readonly routing_id: string;
  readonly kind: string;
  readonly channel: string;
  readonly recipient: string;
  readonly facts: unknown;
  readonly payload_sealed: Buffer | null;
  readonly tries: number;
  readonly created_at: Date;
  readonly age_ms: number;
  readonly webhook_id: string | null;
  readonly url: string | null;
  readonly secret_sealed: Buffer | null;
}

const CLAIM = `WITH due AS (
    SELECT id FROM notice
    WHERE state = 'queued' AND not_before <= clock_timestamp()
      AND (lease_until IS NULL OR lease_until <= clock_timestamp())
    ORDER BY not_before, id LIMIT $1 FOR UPDATE SKIP LOCKED),
  claimed AS (
    UPDATE notice n SET tries = n.tries + 1, lease_until = clock_timestamp() + $2::int * interval '1 millisecond'
    FROM due WHERE n.id = due.id RETURNING n.*)
  SELECT c.id, c.organization_id, c.routing_id, c.kind, c.channel, c.recipient, c.facts, c.payload_sealed, c.tries,
    c.created_at, extract(epoch FROM clock_timestamp() - c.created_at)::float8 * 1000 AS age_ms,
    w.id AS webhook_id, w.url, w.secret_sealed
  FROM claimed c LEFT JOIN webhook w ON c.channel = 'webhook' AND w.routing_id = c.routing_id`;

/** Leases at most `limit` notices that are due; of several workers each gets others. */
export async function claimNotices(
  sql: Sql,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<readonly ClaimedNotice[]> {
  const { rows } = await sql.query<Row>(CLAIM, [limit, leaseMs]);
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    routingId: row.routing_id,
    kind: row.kind,
    channel: channelOf(row.channel),
    recipient: row.recipient,
    facts: row.facts,
    payloadSealed: row.payload_sealed,
    tries: row.tries,
    createdAt: row.created_at.toISOString(),
    ageMs: row.age_ms,
    webhook: webhookOf(row),
  }));
}

function channelOf(channel: string): NoticeChannel {
  return noticeChannelSchema.parse(channel);
}

function webhookOf({ webhook_id: id, url, secret_sealed: secretSealed }: Row): ClaimedNotice['webhook'] {
  return id === null || url === null || secretSealed === null ? null : { id, url, secretSealed };
}
