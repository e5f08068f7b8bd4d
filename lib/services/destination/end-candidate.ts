import type { DbTransaction } from '@/lib/platform/db/client';

/** Ends the candidate of a routing, if it has one, with its checks. The caller has locked the routing. */
export async function endCandidate(tx: DbTransaction, routingId: string): Promise<void> {
  await tx.$executeRaw`
    WITH dropped AS (
      UPDATE destination SET dropped_at = clock_timestamp()
      WHERE routing_id = ${routingId}::uuid AND adopted_at IS NULL AND dropped_at IS NULL RETURNING version
    )
    UPDATE access_check c SET state = 'superseded', next_try_at = NULL, lease_until = NULL
    FROM dropped d WHERE c.routing_id = ${routingId}::uuid AND c.destination_version = d.version
      AND c.state IN ('running', 'failed')`;
}
