-- One round of dispatch, limited per class: lanes that failed or are far behind are the oldest by nature and would
-- otherwise fill every round. Empty unless it is the caller's turn.
CREATE OR REPLACE FUNCTION delivery.dispatch(p_period_ms bigint, p_cut_bytes bigint, p_behind_bytes bigint, p_limit int)
RETURNS TABLE (lane_id bigint, epoch bigint, behind boolean)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT delivery.take_turn('dispatch', p_period_ms) THEN
    RETURN;
  END IF;
  -- The only look into the chunks: by primary key, for lanes that have just become pending.
  UPDATE lane SET pending_since = coalesce(
    (SELECT c.received_min FROM log.chunk c WHERE c.stream_id = lane.stream_id AND c."offset" = lane.done),
    clock_timestamp())
  FROM (
    SELECT l.id FROM lane l JOIN log.stream s ON s.id = l.stream_id
    WHERE l.running AND l.pending_since IS NULL AND s.next_offset > l.done
    FOR NO KEY UPDATE OF l SKIP LOCKED
  ) fresh
  WHERE lane.id = fresh.id;
  RETURN QUERY
  SELECT ranked.lane_id, ranked.epoch, ranked.behind
  FROM (
    SELECT d.lane_id, d.epoch, d.behind, d.pending_since,
      row_number() OVER (PARTITION BY d.behind ORDER BY d.pending_since) AS place
    FROM delivery.due_lanes(NULL, p_cut_bytes, p_behind_bytes) d
  ) ranked
  WHERE ranked.place <= p_limit
  ORDER BY ranked.pending_since;
END $$;

-- As before, in the order in which a mark locks: lane, file, attempt.
CREATE OR REPLACE FUNCTION delivery.fail_file(
  p_file uuid, p_generation int, p_conflict boolean, p_back_off_ms bigint, p_held_cause text,
  p_attempt bigint, p_outcome text, p_http_status int, p_code text, p_request_id text, p_message text
) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM 1 FROM lane l JOIN cut c ON c.lane_id = l.id JOIN file f ON f.cut_id = c.id
  WHERE f.id = p_file FOR NO KEY UPDATE OF l;
  IF p_conflict THEN
    UPDATE file SET state = 'conflict' WHERE id = p_file AND generation = p_generation AND state = 'sealed';
  END IF;
  IF p_attempt IS NOT NULL THEN
    PERFORM delivery.end_attempt(p_attempt, p_outcome, p_http_status, p_code, p_request_id, p_message);
  END IF;
  UPDATE lane l SET failures = l.failures + 1, held_cause = coalesce(l.held_cause, p_held_cause),
    not_before = clock_timestamp() + p_back_off_ms * interval '1 ms', lease_until = NULL
  FROM cut c JOIN file f ON f.cut_id = c.id
  WHERE f.id = p_file AND f.state IN ('sealed', 'conflict') AND c.state = 'sealed' AND l.id = c.lane_id
    AND l.done = c.lo;
END $$;
