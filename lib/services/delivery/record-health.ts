import { LATE_AFTER_MS } from '@/lib/domain/delivery/judge-watch';
import { type HealthNews, nextHealth } from '@/lib/domain/delivery/next-health';
import { healthSchema, lifecycleSchema } from '@/lib/domain/routing/state';
import type { Sql } from '@/lib/platform/sql';
import type { HealthNewsSeed } from './delivery-ledger';
import { FAILED_TRIES, RECENT_TRY } from './recent-tries';
import { writeRoutingStates } from './write-routing-state';

interface Row {
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
  readonly other_in_trouble: boolean;
  readonly is_late: boolean;
  readonly failed: number;
  readonly ended: number;
}

// Attempts are counted only for news of a passing fault and while failing: success must stay one look-up. A lane of a
// type that the routing no longer takes says nothing about it; the delivering lane's own failures are cleared by its
// COMMIT only. Failures of what was given up and of which nothing waits say nothing against a probe that went well.
const READ = `SELECT r.lifecycle, r.health, r.health_cause,
    EXISTS (SELECT FROM lane l JOIN log.stream s ON s.id = l.stream_id
      WHERE l.routing_id = r.id AND s.type = ANY (r.data_types)
        AND (l.held_cause IS NOT NULL OR (l.failures > 0 AND l.id IS DISTINCT FROM $3
          AND NOT ($5 AND least(s.next_offset, l.end_offset) <= l.done)))) AS other_in_trouble,
    coalesce(r.over_promise_since < clock_timestamp() - $4 * interval '1 ms', false) AS is_late,
    coalesce(t.failed, 0)::int AS failed, coalesce(t.ended, 0)::int AS ended
  FROM routing r LEFT JOIN LATERAL (
    SELECT ${FAILED_TRIES} AS failed, count(*) AS ended FROM attempt a
    WHERE ($2 OR r.health = 'failing') AND a.routing_id = r.id AND ${RECENT_TRY}) t ON true
  WHERE r.id = $1`;

/** Turns what one attempt showed into the routing's health; writes nothing when it stays the same. */
export async function recordHealth(
  sql: Sql,
  routingId: string,
  { news, workerId }: { news: HealthNewsSeed; workerId: string },
): Promise<void> {
  const { rows } = await sql.query<Row>(READ, [
    routingId,
    news.kind === 'failed',
    news.kind === 'delivered' ? news.laneId : null,
    LATE_AFTER_MS,
    news.kind === 'proven',
  ]);
  const row = rows[0];
  if (row === undefined) return;
  const lifecycle = lifecycleSchema.parse(row.lifecycle);
  const now = { health: healthSchema.parse(row.health), cause: row.health_cause };
  const next = nextHealth(now, complete(news, row));
  if (next.health === now.health && next.cause === now.cause) return;
  const change = { from: { lifecycle, ...now }, to: { lifecycle, ...next }, cause: `delivery.${news.kind}` };
  await writeRoutingStates(sql, [{ routingId, ...change }], workerId);
}

function complete(news: HealthNewsSeed, row: Row): HealthNews {
  const { failed, ended, other_in_trouble: isOtherInTrouble } = row;
  switch (news.kind) {
    case 'delivered':
      return { kind: 'delivered', isOtherInTrouble, isLate: row.is_late, failed, ended };
    case 'failed':
      return { ...news, failed, ended };
    case 'proven':
      return { kind: 'proven', isOtherInTrouble, isActive: row.lifecycle === 'active' };
    default:
      return news;
  }
}
