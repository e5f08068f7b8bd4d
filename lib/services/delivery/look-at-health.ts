import { FAILED_TRIES, RECENT_TRY } from './recent-tries';

/** A routing about which the watcher may have something to say. */
export interface LookRow {
  readonly id: string;
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
  readonly clean_looks: number;
  readonly over_for_ms: number | null;
  readonly is_over: boolean;
  readonly has_pending: boolean;
  readonly is_held: boolean;
  readonly is_failing: boolean;
  readonly is_quiet: boolean;
  readonly fault_code: string | null;
  readonly fault_status: number | null;
  readonly fault_tries: number | null;
  readonly failed: number;
  readonly ended: number;
}

/**
 * Reads lanes and heads once, and more only of routings that call for it: of what is late or failing the tries of the last
 * five minutes, of what has nothing pending its streams' last chunk, in the one partition that holds it. Whoever delivers
 * within the promise and has traffic, which is nearly everybody, gives no row. The conditions stand inside the laterals:
 * in an ON clause they would be asked after the work.
 */
export const LOOK = `WITH seen AS (
    SELECT l.routing_id,
      min(l.pending_since) FILTER (WHERE l.running AND s.next_offset > l.done) AS pending_since,
      bool_or(s.next_offset > l.done) AS has_pending,
      bool_or(l.held_cause IS NOT NULL) AS is_held,
      bool_or(l.failures > 0) AS is_failing
    FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
    WHERE r.lifecycle IN ('active', 'starting') AND s.type = ANY (r.data_types)
    GROUP BY l.routing_id),
  look AS (
    SELECT r.id, r.lifecycle, r.health, r.health_cause, r.clean_looks, r.data_types,
      (extract(epoch FROM clock_timestamp() - r.over_promise_since) * 1000)::float8 AS over_for_ms,
      r.lifecycle = 'active' AND coalesce(
        seen.pending_since < clock_timestamp() - r.promise_seconds * interval '1 second', false) AS is_over,
      r.lifecycle = 'active' AND r.health <> 'idle' AND NOT coalesce(seen.has_pending, false) AS may_be_idle,
      coalesce(seen.has_pending, false) AS has_pending, coalesce(seen.is_held, false) AS is_held,
      coalesce(seen.is_failing, false) AS is_failing
    FROM routing r LEFT JOIN seen ON seen.routing_id = r.id)
  SELECT look.id, look.lifecycle, look.health, look.health_cause, look.clean_looks, look.over_for_ms, look.is_over,
    look.has_pending, look.is_held, look.is_failing, coalesce(quiet.is_quiet, false) AS is_quiet,
    fault.code AS fault_code, fault.http_status AS fault_status, fault.tries::int AS fault_tries,
    share.failed::int AS failed, share.ended::int AS ended
  FROM look
  LEFT JOIN LATERAL (
    SELECT coalesce(max(c.received_max) < clock_timestamp() - interval '15 minutes', true) AS is_quiet
    FROM lane l JOIN log.stream s ON s.id = l.stream_id
    LEFT JOIN log.chunk c ON c.stream_id = s.id AND c."offset" = s.next_offset - 1 AND c.part = s.part
    WHERE l.routing_id = look.id AND s.type = ANY (look.data_types) AND look.may_be_idle
    HAVING look.may_be_idle
  ) quiet ON true
  LEFT JOIN LATERAL (
    SELECT a.code, a.http_status, count(*) AS tries FROM attempt a
    WHERE look.is_over AND a.routing_id = look.id AND a.outcome IN ('refused', 'unknown')
      AND a.code NOT IN ('PreconditionFailed', 'NotSent')
      AND a.ended_at > clock_timestamp() - interval '5 minutes'
    GROUP BY a.code, a.http_status ORDER BY count(*) DESC, max(a.ended_at) DESC LIMIT 1
  ) fault ON true
  CROSS JOIN LATERAL (
    SELECT ${FAILED_TRIES} AS failed, count(*) AS ended FROM attempt a
    WHERE look.health = 'failing' AND a.routing_id = look.id AND ${RECENT_TRY}
  ) share
  WHERE CASE look.lifecycle
    WHEN 'active' THEN look.is_over OR look.over_for_ms IS NOT NULL OR look.health IN ('late', 'failing', 'unknown')
      OR (look.health = 'healthy' AND quiet.is_quiet)
      OR (look.health = 'blocked' AND NOT look.is_held AND (look.health_cause = 'chunk_missing' OR NOT look.has_pending))
    WHEN 'starting' THEN look.over_for_ms IS NOT NULL OR look.health = 'late'
      OR (look.health = 'blocked' AND NOT look.is_held AND (look.health_cause = 'chunk_missing' OR NOT look.has_pending))
    ELSE look.over_for_ms IS NOT NULL OR look.health = 'late' END`;
