-- A job broke off without an answer: its lane backs off, and what it marked and never ended is unknown.
-- False when the lane has moved on meanwhile: then it is left alone. Locks the lane before attempts, as a mark does.
CREATE FUNCTION delivery.fail_lane(p_lane bigint, p_done bigint, p_attempts bigint[], p_back_off_ms bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_failed boolean;
BEGIN
  UPDATE lane SET failures = failures + 1, lease_until = NULL,
    not_before = clock_timestamp() + p_back_off_ms * interval '1 ms'
  WHERE id = p_lane AND done = p_done;
  v_failed := FOUND;
  UPDATE attempt SET outcome = 'unknown', ended_at = clock_timestamp(), code = 'Internal'
  WHERE id = ANY (p_attempts) AND outcome IS NULL;
  RETURN v_failed;
END $$;
