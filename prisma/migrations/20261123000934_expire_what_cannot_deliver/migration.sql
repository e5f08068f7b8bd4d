-- As before; but one try that failed does not cut off a lane that drains.
-- Chunks of a lane that are past retention and not delivered: what is gone or about to go (partitions before
-- p_gone_before), for every lane; and what is older than its routing's own retention, by whole hours, for a lane that
-- cannot deliver (stopped, held, or failing in a routing that is blocked or failing). Gives up the files of an open
-- cut that can no longer be made, unless a PUT may be under way; then sets the lane behind the rest. Raises the lane's
-- epoch: no seal lands on what is gone. Lets go of a hold: what it was about is passed, and the next try decides anew.
-- Returns how many gaps it recorded. Locks the cut before the lane, as COMMIT does.
CREATE OR REPLACE FUNCTION delivery.expire_lane(p_lane bigint, p_gone_before date, p_worker text) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_lane lane%ROWTYPE;
  v_routing routing%ROWTYPE;
  v_too_old timestamptz := '-infinity';
  v_kept bigint;
  v_to bigint;
  v_files uuid[];
  v_gaps_before bigint;
BEGIN
  SELECT * INTO v_cut FROM cut WHERE lane_id = p_lane AND state = 'sealed' FOR UPDATE;
  SELECT * INTO v_lane FROM lane WHERE id = p_lane FOR NO KEY UPDATE;
  IF NOT FOUND OR (v_cut.id IS NULL) <> (v_lane.next = v_lane.done) THEN
    RETURN 0;
  END IF;
  SELECT * INTO STRICT v_routing FROM routing WHERE id = v_lane.routing_id;
  IF NOT v_lane.running OR v_lane.held_cause IS NOT NULL
    OR (v_lane.failures > 0 AND v_routing.health IN ('blocked', 'failing')) THEN
    v_too_old := date_trunc('hour', now() - v_routing.retention_hours * interval '1 hour', 'UTC');
  END IF;
  -- Chunks and head in one statement, hence in one snapshot: nothing appended meanwhile falls between.
  SELECT coalesce(kept."offset", s.next_offset), coalesce(young."offset", s.next_offset) INTO v_kept, v_to
  FROM log.stream s
  LEFT JOIN LATERAL (
    SELECT k."offset" FROM log.chunk k
    WHERE k.stream_id = s.id AND k."offset" >= v_lane.done AND k.part >= p_gone_before
    ORDER BY k."offset" LIMIT 1) kept ON true
  LEFT JOIN LATERAL (
    SELECT k."offset" FROM log.chunk k
    WHERE k.stream_id = s.id AND k."offset" >= v_lane.done AND k.part >= p_gone_before AND k.hour >= v_too_old
    ORDER BY k."offset" LIMIT 1) young ON true
  WHERE s.id = v_lane.stream_id;
  IF v_to <= v_lane.done THEN
    RETURN 0;
  END IF;
  SELECT coalesce(max(id), 0) INTO v_gaps_before FROM gap WHERE lane_id = p_lane;
  IF v_cut.id IS NOT NULL THEN
    SELECT array_agg(f.id) INTO v_files FROM file f
    WHERE f.cut_id = v_cut.id AND f.generation = v_cut.generation AND f.state IN ('sealed', 'conflict')
      AND (f.lo < v_kept OR f.hi < v_to);
    IF v_files IS NULL OR delivery.in_flight_until(v_cut.id) IS NOT NULL THEN
      RETURN 0;
    END IF;
    UPDATE lane SET epoch = epoch + 1, held_cause = NULL WHERE id = p_lane;
    IF delivery.give_up_files(v_cut.id, v_files, 'retention', NULL, 'worker:' || p_worker) THEN
      PERFORM delivery.pass_chunks(p_lane, v_to, p_worker);
    END IF;
  ELSE
    PERFORM delivery.pass_chunks(p_lane, v_to, p_worker);
  END IF;
  RETURN (SELECT count(*) FROM gap WHERE lane_id = p_lane AND id > v_gaps_before);
END $$;
