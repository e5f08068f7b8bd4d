import type { Sql } from '@/lib/platform/sql';
import { waitUntil } from './wait-until';

export interface Glance {
  readonly routing_id: string;
  readonly next: number;
  readonly done: number;
  readonly head: number;
  readonly failures: number;
  readonly held_cause: string | null;
  readonly is_leased: boolean;
  readonly health: string;
  readonly health_cause: string | null;
}

const LOOK_EVERY_MS = 100;

const LOOK = `SELECT l.routing_id, l.next, l.done, s.next_offset AS head, l.failures, l.held_cause,
    coalesce(l.lease_until > clock_timestamp(), false) AS is_leased, r.health, r.health_cause
  FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id`;

/**
 * Waits on many routings of one lane each with one look at all of them every 100 ms: waiting on each by itself would
 * keep the database busier than what is tested. Back-off of those named in `hurried` ends at every look.
 */
export function createGlance(sql: Sql) {
  const hurried = new Set<string>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let last: Promise<Map<string, Glance>> = Promise.resolve(new Map());

  async function look(): Promise<Map<string, Glance>> {
    if (hurried.size > 0) {
      await sql.query(
        'UPDATE lane SET not_before = NULL WHERE not_before > now() AND routing_id = ANY ($1)',
        [[...hurried]],
      );
    }
    const { rows } = await sql.query<Glance>(LOOK);
    return new Map(rows.map((row) => [row.routing_id, row]));
  }

  return {
    hurried,
    until: (what: string, routingId: string, isSo: (now: Glance) => boolean, deadlineMs: number) =>
      waitUntil(
        what,
        async () => {
          if (performance.now() - lookedAtMs >= LOOK_EVERY_MS) {
            lookedAtMs = performance.now();
            last = look();
          }
          const now = (await last).get(routingId);
          return now !== undefined && isSo(now) && now;
        },
        deadlineMs,
      ),
  };
}
