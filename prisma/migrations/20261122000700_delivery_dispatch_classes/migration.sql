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
