import type { Sql } from '@/lib/platform/sql';

/** A look that a worker has taken, and where its file lies. */
export interface ClaimedLook {
  readonly id: string;
  readonly routingId: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
}

const CLAIM = `WITH due AS (
    SELECT id FROM event_look
    WHERE state = 'asked' AND expires_at > clock_timestamp()
      AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
    ORDER BY requested_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE event_look l SET claimed_until = clock_timestamp() + $2 * interval '1 ms'
    FROM due WHERE l.id = due.id RETURNING l.id, l.file_id
  )
  SELECT c.id, f.routing_id AS "routingId", f.endpoint, f.bucket, f.key
  FROM claimed c JOIN file f ON f.id = c.file_id`;

/** Takes the looks that wait longest, each for a while. */
export async function claimEventLooks(
  sql: Sql,
  { atOnce, leaseMs }: { readonly atOnce: number; readonly leaseMs: number },
): Promise<readonly ClaimedLook[]> {
  return (await sql.query<ClaimedLook>(CLAIM, [atOnce, leaseMs])).rows;
}
