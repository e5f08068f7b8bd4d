import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Makes the lanes follow the routing row as this transaction has just written it: opens missing ones, sets which
 * may run, and raises every epoch, so that no seal decided before this commit lands after it. Back-off ends. A lane
 * whose type was taken out runs only until the cut that is open is committed: what was decided is not left in doubt.
 * `clearHold` also lets go of lanes that stood still until a person has looked, save those whose open cut has chunks
 * that are no longer kept: nothing a person does here brings them back.
 */
export async function fenceLanes(
  tx: DbTransaction,
  routingId: string,
  { clearHold }: { clearHold: boolean },
): Promise<void> {
  await tx.$executeRaw`
    SELECT log.open_lanes(r.id) FROM routing r WHERE r.id = ${routingId}::uuid AND log.is_started(r.lifecycle)`;
  // Everybody locks lanes in the order of their ids; an UPDATE alone would take them as it finds them.
  await tx.$executeRaw`SELECT 1 FROM lane WHERE routing_id = ${routingId}::uuid ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    UPDATE lane l SET epoch = l.epoch + 1, not_before = NULL, failures = 0,
      running = delivery.may_write(r.intent, r.lifecycle, r.drain_until) AND (s.type = ANY (r.data_types) OR l.next > l.done),
      held_cause = CASE WHEN ${clearHold} AND NOT (l.held_cause = 'chunk_missing' AND (
        SELECT count(*) FROM log.chunk c WHERE c.stream_id = l.stream_id AND c."offset" >= l.done AND c."offset" < l.next
      ) < l.next - l.done) THEN NULL ELSE l.held_cause END
    FROM routing r, log.stream s
    WHERE l.routing_id = ${routingId}::uuid AND r.id = l.routing_id AND s.id = l.stream_id`;
}
