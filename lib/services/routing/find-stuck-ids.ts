import type { Db } from '@/lib/platform/db/client';
import { readRoutingViews } from './read-views';

/**
 * The routings that have been in a transitional state for longer than that may take. Only those that can be are read,
 * and whether they are is what their view says: a start without an event may take for ever.
 */
export async function findStuckIds(
  db: Pick<Db, '$queryRaw'>,
  organizationId: string | null,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM routing r
    WHERE r.lifecycle IN ('verifying', 'starting', 'pausing', 'resuming', 'draining')
      AND r.state_since < now() - interval '10 seconds'
      AND (${organizationId}::uuid IS NULL OR r.organization_id = ${organizationId}::uuid)
      AND (r.lifecycle <> 'starting' OR EXISTS (
        SELECT FROM lane l JOIN log.stream s ON s.id = l.stream_id
        WHERE l.routing_id = r.id AND least(s.next_offset, l.end_offset) > l.done))`;
  if (rows.length === 0) return [];
  const routingIds = rows.map(({ id }) => id);
  const views = await readRoutingViews(db, { routingIds, limit: routingIds.length });
  return views.filter(({ stuckSince }) => stuckSince !== null).map(({ id }) => id);
}
