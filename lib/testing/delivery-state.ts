import type { Sql } from '@/lib/platform/sql';
import type { TestRouting } from './routing';
import { waitUntil } from './wait-until';

export interface RoutingNow {
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
}

export interface LaneNow {
  readonly next: number;
  readonly done: number;
  readonly head: number;
  readonly failures: number;
  readonly held_cause: string | null;
  readonly backs_off: boolean;
  readonly is_leased: boolean;
}

export interface AttemptNow {
  readonly number: number;
  readonly worker_id: string;
  readonly outcome: string | null;
  readonly http_status: number | null;
  readonly code: string | null;
}

/** What the database says about one test routing, and how to let its waits pass. */
export function watchRouting(sql: Sql, routing: Pick<TestRouting, 'routingId'>) {
  const id = [routing.routingId];
  const watch = {
    routing: async () => {
      const { rows } = await sql.query<RoutingNow>(
        'SELECT lifecycle, health, health_cause FROM routing WHERE id = $1',
        id,
      );
      return first(rows);
    },
    lane: async () => {
      const { rows } = await sql.query<LaneNow>(
        `SELECT l.next, l.done, s.next_offset AS head, l.failures, l.held_cause,
           coalesce(l.not_before > clock_timestamp(), false) AS backs_off,
           coalesce(l.lease_until > clock_timestamp(), false) AS is_leased
         FROM lane l JOIN log.stream s ON s.id = l.stream_id WHERE l.routing_id = $1 ORDER BY l.id`,
        id,
      );
      return first(rows);
    },
    attempts: async () => {
      const { rows } = await sql.query<AttemptNow>(
        `SELECT a.number, a.worker_id, a.outcome, a.http_status, a.code FROM attempt a
         WHERE a.routing_id = $1 ORDER BY a.id`,
        id,
      );
      return rows;
    },
    transitions: async () => {
      const { rows } = await sql.query<{ step: string }>(
        `SELECT from_label || ' → ' || to_label AS step FROM routing_transition WHERE routing_id = $1 ORDER BY id`,
        id,
      );
      return rows.map((row) => row.step);
    },
    /** Time passes: back-off ends now, and refusals lie `ms` further back. */
    letTimePass: async (ms: number) => {
      await sql.query(
        `UPDATE attempt SET ended_at = ended_at - $2 * interval '1 ms' WHERE routing_id = $1 AND outcome IS NOT NULL`,
        [routing.routingId, ms],
      );
      await sql.query('UPDATE lane SET not_before = NULL WHERE routing_id = $1', id);
    },
    untilCaughtUp: (deadlineMs?: number) =>
      waitUntil(
        'every lane is done up to its head',
        async () => {
          const { rows } = await sql.query(
            `SELECT 1 FROM lane l JOIN log.stream s ON s.id = l.stream_id
             WHERE l.routing_id = $1 AND (l.done < s.next_offset OR l.next <> l.done)`,
            id,
          );
          return rows.length === 0;
        },
        deadlineMs,
      ),
    untilHealth: (health: string, cause: string | null, deadlineMs?: number) =>
      waitUntil(
        `the routing is ${health} because of ${cause}`,
        async () => {
          const now = await watch.routing();
          return now.health === health && now.health_cause === cause;
        },
        deadlineMs,
      ),
    untilLifecycle: (lifecycle: string, deadlineMs?: number) =>
      waitUntil(
        `the routing is ${lifecycle}`,
        async () => (await watch.routing()).lifecycle === lifecycle,
        deadlineMs,
      ),
    untilBackingOff: (failures: number) =>
      waitUntil(`the lane backs off after ${failures} failures`, async () => {
        const lane = await watch.lane();
        return lane.failures >= failures && !lane.is_leased && lane;
      }),
    /** Every process had its chance to do what it should not do. */
    untilDispatched: async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) {
        const last = await lastDispatch(sql);
        await waitUntil('dispatch had another round', async () => (await lastDispatch(sql)) !== last);
      }
    },
  };
  return watch;
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The routing has no such row');
  return row;
}

async function lastDispatch(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ at: string }>(
    `SELECT taken_at::text AS at FROM delivery.turn WHERE name = 'dispatch'`,
  );
  return rows[0]?.at ?? '';
}
