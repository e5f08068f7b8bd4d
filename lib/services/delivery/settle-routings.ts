import { settleLifecycle } from '@/lib/domain/delivery/settle-lifecycle';
import { type Health, healthSchema, type Lifecycle, lifecycleSchema } from '@/lib/domain/routing/state';
import type { Sql } from '@/lib/platform/sql';
import { endLanes } from './end-lanes';
import { type StateChange, writeRoutingStates } from './write-routing-state';

interface Row {
  readonly id: string;
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
  readonly has_open_attempt: boolean;
  readonly has_delivered: boolean;
  readonly has_left: boolean;
}

const IN_TRANSITION = `SELECT r.id, r.lifecycle, r.health, r.health_cause,
    EXISTS (SELECT FROM attempt a WHERE a.routing_id = r.id AND a.outcome IS NULL)
      OR EXISTS (SELECT FROM replay p JOIN replay_file x ON x.replay_id = p.id
        WHERE p.routing_id = r.id AND x.in_flight_until > clock_timestamp())
      OR EXISTS (SELECT FROM hour_marker m WHERE m.routing_id = r.id AND m.state = 'pending'
        AND m.in_flight_until > clock_timestamp()) AS has_open_attempt,
    EXISTS (SELECT FROM file f WHERE f.routing_id = r.id AND f.state = 'delivered') AS has_delivered,
    EXISTS (SELECT FROM lane l WHERE l.routing_id = r.id
      AND (l.running OR l.next > l.done OR l.done < l.end_offset)) AS has_left
  FROM routing r WHERE r.lifecycle IN ('starting', 'pausing', 'resuming', 'draining')`;

/**
 * Ends starting, pausing, resuming and draining where the writers have done their part; what a draining routing has
 * not delivered by its deadline becomes gaps before.
 */
export async function settleRoutings(sql: Sql, workerId: string): Promise<void> {
  await endLanes(sql);
  const { rows } = await sql.query<Row>(IN_TRANSITION);
  const changes = rows.flatMap((row): StateChange[] => {
    const lifecycle = lifecycleSchema.parse(row.lifecycle);
    const report = {
      hasOpenAttempt: row.has_open_attempt,
      hasDelivered: row.has_delivered,
      hasLeft: row.has_left,
    };
    const next = settleLifecycle(lifecycle, report);
    if (next === null) return [];
    const now = { health: healthSchema.parse(row.health), cause: row.health_cause };
    return [
      {
        routingId: row.id,
        from: { lifecycle, ...now },
        // Active rests on a confirmed PUT, whose own news may not have been written yet.
        to: { lifecycle: next, ...now, health: isFirstNews(next, now.health) ? 'healthy' : now.health },
        cause: `delivery.settled_${lifecycle}`,
      },
    ];
  });
  await writeRoutingStates(sql, changes, workerId);
}

function isFirstNews(next: Lifecycle, health: Health): boolean {
  return next === 'active' && health === 'unknown';
}
