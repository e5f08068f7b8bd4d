-- As before, and nothing to look for where nothing is left out. Planned once, for indexes: a plan that was made while
-- these tables were small would scan them whole, for every lane of a statement that moves many.
CREATE OR REPLACE FUNCTION delivery.record_left_out(p_lane bigint, p_lo bigint, p_hi bigint, p_from_hour timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v_left_out bigint;
BEGIN
  INSERT INTO lane_left_out (lane_id, lo, hi, from_hour, to_hour)
  SELECT l.id, p_lo, p_hi, p_from_hour, least(date_trunc('hour', now(), 'UTC'), (
    SELECT k.hour FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = p_hi + 1))
  FROM lane l WHERE l.id = p_lane
  RETURNING id INTO v_left_out;
  IF p_hi < p_lo THEN
    RETURN;
  END IF;
  INSERT INTO lane_left_out_hour (left_out_id, hour, rows)
  SELECT v_left_out, j.hour, j.rows
  FROM delivery.rows_jumped(p_lane, p_lo, p_hi) j, lane l JOIN log.stream s ON s.id = l.stream_id
  WHERE l.id = p_lane AND (NOT j.is_whole OR j.hour >= s.closed_through);
END $$;
