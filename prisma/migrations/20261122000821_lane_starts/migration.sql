-- Where a new lane of a stream begins. Segments: with the newest complete snapshot that is kept (an append is one
-- snapshot, so it begins behind the one before); else with the earliest chunk kept, or with the head.
-- STABLE: chunks and head are seen in the caller's one snapshot, so that nothing appended meanwhile falls between.
CREATE FUNCTION log.lane_start(p_stream log.stream, p_from text)
RETURNS TABLE (first_offset bigint, rows_before bigint, body_bytes_before bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(first."offset", (p_stream).next_offset),
    coalesce(first.rows_before, (p_stream).rows_total),
    coalesce(first.body_bytes_before, (p_stream).body_bytes_total)
  FROM (
    SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN -1 ELSE min(e."offset") END AS behind
    FROM (
      SELECT c."offset" FROM log.chunk c
      WHERE (p_stream).type = 'segment' AND c.stream_id = (p_stream).id AND c.snapshot_end
      ORDER BY c."offset" DESC LIMIT 2
    ) e
  ) snapshot
  LEFT JOIN LATERAL (
    SELECT c."offset", c.rows_before, c.body_bytes_before FROM log.chunk c
    WHERE c.stream_id = (p_stream).id
      AND CASE WHEN (p_stream).type = 'segment' THEN c."offset" > snapshot.behind ELSE p_from = 'earliest' END
    ORDER BY c."offset" LIMIT 1
  ) first ON true
$$;

-- A lane for every stream of the routing's data types that has none; returns the streams that got one.
-- It starts where the routing says, or where p_from ('head' | 'earliest') says.
CREATE OR REPLACE FUNCTION log.open_lanes(p_routing uuid, p_from text DEFAULT NULL) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_workspace uuid;
BEGIN
  SELECT workspace_id INTO v_workspace FROM public.routing WHERE id = p_routing;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'log.open_lanes: routing % does not exist', p_routing USING ERRCODE = 'foreign_key_violation';
  END IF;
  PERFORM log.lock_workspace(v_workspace);
  RETURN QUERY
  INSERT INTO public.lane
    (organization_id, routing_id, stream_id, next, done, body_bytes_done, rows_done, running)
  SELECT r.organization_id, r.id, s.id, start.first_offset, start.first_offset, start.body_bytes_before,
    start.rows_before, log.is_running(r.intent, r.lifecycle)
  FROM public.routing r
  JOIN log.stream s ON s.organization_id = r.organization_id AND s.workspace_id = r.workspace_id
    AND s.type = ANY (r.data_types)
  CROSS JOIN LATERAL log.lane_start(s, coalesce(p_from, r.start_from)) start
  WHERE r.id = p_routing
    AND NOT EXISTS (SELECT FROM public.lane l WHERE l.routing_id = r.id AND l.stream_id = s.id)
  ON CONFLICT (routing_id, stream_id) DO NOTHING
  RETURNING stream_id;
END $$;

-- Data types that an edit has just added to a started routing begin at the head, or with the newest snapshot. So does
-- a lane that the type had before: what came while it was not wanted is left out. "next" never decreases, and a lane
-- whose last cut is still open goes on behind that one.
CREATE FUNCTION log.start_types(p_routing uuid, p_types text[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.routing WHERE id = p_routing AND log.is_started(lifecycle)) THEN
    RETURN;
  END IF;
  PERFORM log.open_lanes(p_routing, 'head');
  PERFORM 1 FROM public.lane WHERE routing_id = p_routing ORDER BY id FOR NO KEY UPDATE;
  UPDATE public.lane l SET next = start.first_offset, done = start.first_offset, rows_done = start.rows_before,
    body_bytes_done = start.body_bytes_before, pending_since = NULL, held_cause = NULL
  FROM log.stream s CROSS JOIN LATERAL log.lane_start(s, 'head') start
  WHERE l.routing_id = p_routing AND s.id = l.stream_id AND s.type = ANY (p_types)
    AND l.next = l.done AND l.done < start.first_offset;
END $$;

-- As before; and a lane whose type was taken out of its routing is due only for finishing the cut that is open.
CREATE OR REPLACE FUNCTION delivery.due_lanes(p_lane bigint, p_cut_bytes bigint, p_behind_bytes bigint)
RETURNS TABLE (lane_id bigint, epoch bigint, pending_since timestamptz, by_age boolean, behind boolean)
LANGUAGE sql STABLE AS $$
  SELECT l.id, l.epoch, l.pending_since,
    l.pending_since + r.flush_interval_ms * interval '1 ms' <= now(),
    l.failures > 0 OR s.body_bytes_total - l.body_bytes_done >= p_behind_bytes
  FROM lane l
  JOIN log.stream s ON s.id = l.stream_id
  JOIN routing r ON r.id = l.routing_id
  WHERE (p_lane IS NULL OR l.id = p_lane)
    AND l.running AND l.held_cause IS NULL
    AND (l.not_before IS NULL OR l.not_before <= now())
    AND (l.lease_until IS NULL OR l.lease_until <= now())
    AND (
      l.next > l.done
      OR (s.next_offset > l.done AND s.type = ANY (r.data_types) AND (
        l.pending_since + r.flush_interval_ms * interval '1 ms' <= now()
        OR s.body_bytes_total - l.body_bytes_done >= p_cut_bytes)))
$$;

-- Stops the lanes whose type was taken out of their routing and whose last cut is committed; returns how many.
-- The epoch of the same look: an edit that puts the type back meanwhile raises it, and its lane goes on running.
CREATE FUNCTION delivery.stop_removed_lanes() RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_stopped int;
BEGIN
  WITH removed AS MATERIALIZED (
    SELECT l.id, l.epoch FROM lane l
    JOIN log.stream s ON s.id = l.stream_id
    JOIN routing r ON r.id = l.routing_id
    WHERE l.running AND l.next = l.done AND NOT s.type = ANY (r.data_types)
  )
  UPDATE lane l SET running = false, pending_since = NULL
  FROM removed WHERE l.id = removed.id AND l.epoch = removed.epoch AND l.next = l.done;
  GET DIAGNOSTICS v_stopped = ROW_COUNT;
  RETURN v_stopped;
END $$;
