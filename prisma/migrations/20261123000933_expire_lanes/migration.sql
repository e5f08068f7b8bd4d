-- One mechanism for what is never delivered: a gap is written while its chunks are still there, and its lane goes on
-- behind it by itself.

-- A jump that a gap row tells of is not left out as well.
CREATE OR REPLACE FUNCTION delivery.on_lane_jumped() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM gap WHERE lane_id = NEW.id AND lo = OLD.done AND hi = NEW.done - 1) THEN
    RETURN NULL;
  END IF;
  PERFORM delivery.record_left_out(NEW.id, OLD.next, NEW.next - 1, coalesce(
    (SELECT k.hour FROM log.chunk k WHERE k.stream_id = NEW.stream_id AND k."offset" = OLD.next),
    (SELECT max(h.hour) FROM log.hours(NEW.stream_id, '-infinity', 'infinity') h WHERE h.first_offset <= OLD.next),
    date_trunc('hour', now(), 'UTC')));
  RETURN NULL;
END $$;

-- Tells people of a gap, in the statement that records it.
CREATE FUNCTION delivery.tell_gap(p_gap bigint, p_actor text) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
  SELECT g.organization_id, p_actor, 'routing.gap', 'routing:' || g.routing_id,
    jsonb_build_object('gapId', g.id, 'cause', g.cause, 'type', s.type, 'streamId', s.id, 'firstOffset', g.lo,
      'lastOffset', g.hi, 'rows', g.rows, 'firstReceivedAt', g.received_min, 'lastReceivedAt', g.received_max,
      'mayExist', g.may_exist, 'reason', g.reason)
  FROM gap g JOIN lane l ON l.id = g.lane_id JOIN log.stream s ON s.id = l.stream_id WHERE g.id = p_gap
$$;

-- Whether a PUT of an undelivered file of the cut may be under way, and until when: its deadline and 5 s.
CREATE FUNCTION delivery.in_flight_until(p_cut bigint) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT max(a.deadline_at + interval '5 seconds') FROM file f JOIN attempt a ON a.file_id = f.id
  WHERE f.cut_id = p_cut AND f.state IN ('sealed', 'conflict') AND a.outcome IS NULL
    AND a.deadline_at + interval '5 seconds' > clock_timestamp()
$$;

-- Gives up files of an open cut: generation + 1, in which they are not; the cut's other files stay what they are.
-- Of each its rows become a gap, or are superseded where a newer snapshot has come. Commits the cut when nothing of
-- it is left to deliver, and returns whether it did. The caller holds the locks of cut and lane, in this order.
CREATE FUNCTION delivery.give_up_files(
  p_cut bigint, p_files uuid[], p_cause text, p_reason text, p_actor text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_lane lane%ROWTYPE;
  v_file file%ROWTYPE;
  v_gap bigint;
BEGIN
  SELECT * INTO STRICT v_cut FROM cut WHERE id = p_cut;
  SELECT * INTO STRICT v_lane FROM lane WHERE id = v_cut.lane_id;
  FOR v_file IN SELECT * FROM file WHERE id = ANY (p_files) ORDER BY lo LOOP
    IF v_file.type = 'segment' AND EXISTS (
      SELECT FROM log.chunk k WHERE k.stream_id = v_lane.stream_id AND k."offset" > v_file.hi AND k.snapshot_end)
    THEN
      INSERT INTO cut_set_aside AS a (cut_id, organization_id, routing_id, hour, rows, reason)
      VALUES (p_cut, v_file.organization_id, v_file.routing_id, date_trunc('hour', v_file.received_min, 'UTC'),
        v_file.rows, 'superseded')
      ON CONFLICT (cut_id, hour, reason) DO UPDATE SET rows = a.rows + excluded.rows;
      CONTINUE;
    END IF;
    INSERT INTO gap (organization_id, routing_id, lane_id, lo, hi, rows, cause, file_id, may_exist, received_min,
      received_max, reason)
    -- A file of an earlier generation over the same chunks may have been written as well.
    SELECT v_file.organization_id, v_file.routing_id, v_lane.id, v_file.lo, v_file.hi, v_file.rows, p_cause, v_file.id,
      EXISTS (
        SELECT FROM file f JOIN attempt a ON a.file_id = f.id
        WHERE f.cut_id = p_cut AND f.lo <= v_file.hi AND f.hi >= v_file.lo AND f.hour IS NOT DISTINCT FROM v_file.hour
          AND (a.outcome IS DISTINCT FROM 'refused' OR (a.http_status = 412 AND f.state = 'sealed'))),
      v_file.received_min, v_file.received_max, p_reason
    RETURNING id INTO v_gap;
    INSERT INTO gap_hour (gap_id, hour, rows)
    VALUES (v_gap, coalesce(v_file.hour, date_trunc('hour', v_file.received_min, 'UTC')), v_file.rows);
    PERFORM delivery.tell_gap(v_gap, p_actor);
  END LOOP;
  UPDATE file SET state = 'released' WHERE id = ANY (p_files);
  UPDATE file SET generation = v_cut.generation + 1
  WHERE cut_id = p_cut AND generation = v_cut.generation AND state IN ('sealed', 'conflict');
  UPDATE cut SET generation = v_cut.generation + 1 WHERE id = p_cut;
  IF NOT delivery.commit_cut(p_cut, NULL, NULL) THEN
    RETURN false;
  END IF;
  -- Nothing was confirmed: whatever kept the lane from delivering has not ended.
  UPDATE lane SET failures = v_lane.failures, not_before = v_lane.not_before WHERE id = v_lane.id;
  RETURN true;
END $$;

-- Chunks of a lane that are past retention and not delivered: what is gone or about to go (partitions before
-- p_gone_before), for every lane; and what is older than its routing's own retention, by whole hours, for a lane that
-- cannot deliver (stopped, held, or failing). Gives up the files of an open cut that can no longer be made, unless a PUT
-- may be under way; then sets the lane behind the rest. Raises the lane's epoch: no seal lands on what is gone. Lets go
-- of a hold: what it was about is passed, and the next try decides anew.
-- Returns how many gaps it recorded. Locks the cut before the lane, as COMMIT does.
CREATE FUNCTION delivery.expire_lane(p_lane bigint, p_gone_before date, p_worker text) RETURNS int
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
  IF NOT v_lane.running OR v_lane.held_cause IS NOT NULL OR v_lane.failures > 0 THEN
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

-- Sets a lane without an open cut to p_to, and records what lies before it as a gap. Snapshots are superseded by the
-- newest one instead: the lane begins with that, and what it passes is left out. A type that the routing no longer
-- takes is not missed. The caller holds the lane's lock.
CREATE FUNCTION delivery.pass_chunks(p_lane bigint, p_to bigint, p_worker text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lane lane%ROWTYPE;
  v_stream log.stream%ROWTYPE;
  v_is_wanted boolean;
  v_rows bigint;
  v_body_bytes bigint;
  v_received_min timestamptz;
  v_received_max timestamptz;
  v_first bigint;
  v_gap bigint;
BEGIN
  SELECT * INTO STRICT v_lane FROM lane WHERE id = p_lane;
  SELECT * INTO STRICT v_stream FROM log.stream WHERE id = v_lane.stream_id;
  SELECT v_stream.type = ANY (r.data_types) INTO v_is_wanted FROM routing r WHERE r.id = v_lane.routing_id;
  IF v_stream.type = 'segment' THEN
    SELECT start.first_offset, start.rows_before, start.body_bytes_before INTO p_to, v_rows, v_body_bytes
    FROM log.lane_start(v_stream, 'head') start;
  ELSE
    SELECT coalesce(k.rows_before, v_stream.rows_total), coalesce(k.body_bytes_before, v_stream.body_bytes_total)
    INTO v_rows, v_body_bytes
    FROM (SELECT) one LEFT JOIN log.chunk k ON k.stream_id = v_stream.id AND k."offset" = p_to;
  END IF;
  IF NOT v_is_wanted OR p_to <= v_lane.done THEN
    RETURN;
  END IF;
  IF v_stream.type <> 'segment' THEN
    SELECT min(k.received_min), max(k.received_max), min(k."offset")
    INTO v_received_min, v_received_max, v_first
    FROM log.chunk k WHERE k.stream_id = v_stream.id AND k."offset" >= v_lane.done AND k."offset" < p_to;
    INSERT INTO gap (organization_id, routing_id, lane_id, lo, hi, rows, received_min, received_max)
    VALUES (v_lane.organization_id, v_lane.routing_id, p_lane, v_lane.done, p_to - 1, v_rows - v_lane.rows_done,
      CASE WHEN v_first = v_lane.done THEN v_received_min ELSE v_lane.pending_since END, v_received_max)
    RETURNING id INTO v_gap;
    INSERT INTO gap_hour (gap_id, hour, rows)
    SELECT v_gap, j.hour, j.rows FROM delivery.rows_jumped(p_lane, v_lane.done, p_to - 1) j;
    PERFORM delivery.tell_gap(v_gap, 'worker:' || p_worker);
  END IF;
  UPDATE lane SET next = p_to, done = p_to, rows_done = v_rows, body_bytes_done = v_body_bytes, epoch = epoch + 1,
    held_cause = NULL,
    pending_since = (
      SELECT k.received_min FROM log.chunk k WHERE k.stream_id = v_stream.id AND k."offset" = p_to)
  WHERE id = p_lane;
END $$;

-- What a person decides about an open cut whose files cannot be delivered where they were sealed for, though some
-- attempt may have written them: generation + 1 at the place given. Waits for no PUT: while one may be under way it
-- answers 'in_flight' and until when. 'changed': the cut has moved on. Lets go of the lane's hold and back-off, and
-- raises its epoch. p_files is an array of {fromId, id, key}: every undelivered file, with its new id and key.
CREATE FUNCTION delivery.release_cut_anyway(
  p_cut bigint, p_generation int, p_destination_version int, p_endpoint text, p_bucket text, p_files jsonb
) RETURNS TABLE (outcome text, until timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_open int;
  v_named int;
BEGIN
  SELECT * INTO v_cut FROM cut WHERE id = p_cut AND generation = p_generation AND state = 'sealed' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'changed', NULL::timestamptz;
    RETURN;
  END IF;
  PERFORM 1 FROM lane WHERE id = v_cut.lane_id FOR NO KEY UPDATE;
  IF delivery.in_flight_until(p_cut) IS NOT NULL THEN
    RETURN QUERY SELECT 'in_flight', delivery.in_flight_until(p_cut);
    RETURN;
  END IF;
  SELECT count(*), count(n."fromId") INTO v_open, v_named
  FROM file f LEFT JOIN jsonb_to_recordset(p_files) AS n ("fromId" uuid) ON n."fromId" = f.id
  WHERE f.cut_id = p_cut AND f.generation = p_generation AND f.state IN ('sealed', 'conflict');
  IF v_open = 0 OR v_named <> v_open OR v_named <> jsonb_array_length(p_files) THEN
    RETURN QUERY SELECT 'changed', NULL::timestamptz;
    RETURN;
  END IF;
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, generation, endpoint, bucket, key, type, hour,
    lo, hi, kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
  SELECT n.id, f.organization_id, f.routing_id, f.cut_id, f.position, p_generation + 1, p_endpoint, p_bucket, n.key,
    f.type, f.hour, f.lo, f.hi, f.kind, f.rows, f.raw_bytes, f.crc_raw, f.received_min, f.received_max,
    f.received_sum_ms, 'sealed'
  FROM jsonb_to_recordset(p_files) AS n ("fromId" uuid, id uuid, key text) JOIN file f ON f.id = n."fromId";
  UPDATE file SET state = 'released'
  WHERE cut_id = p_cut AND generation = p_generation AND state IN ('sealed', 'conflict');
  UPDATE cut SET generation = p_generation + 1, destination_version = p_destination_version,
    doubt_accepted_at = clock_timestamp() WHERE id = p_cut;
  UPDATE lane SET epoch = epoch + 1, held_cause = NULL, not_before = NULL, failures = 0, lease_until = NULL
  WHERE id = v_cut.lane_id;
  RETURN QUERY SELECT 'released', NULL::timestamptz;
END $$;

-- The same, and nothing of it is delivered: its undelivered files become gaps, and the lane goes on behind them.
CREATE FUNCTION delivery.give_up_cut(p_cut bigint, p_generation int, p_reason text, p_actor text)
RETURNS TABLE (outcome text, until timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_files uuid[];
BEGIN
  SELECT * INTO v_cut FROM cut WHERE id = p_cut AND generation = p_generation AND state = 'sealed' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'changed', NULL::timestamptz;
    RETURN;
  END IF;
  PERFORM 1 FROM lane WHERE id = v_cut.lane_id FOR NO KEY UPDATE;
  IF delivery.in_flight_until(p_cut) IS NOT NULL THEN
    RETURN QUERY SELECT 'in_flight', delivery.in_flight_until(p_cut);
    RETURN;
  END IF;
  SELECT array_agg(f.id) INTO v_files FROM file f
  WHERE f.cut_id = p_cut AND f.generation = p_generation AND f.state IN ('sealed', 'conflict');
  IF v_files IS NULL THEN
    RETURN QUERY SELECT 'changed', NULL::timestamptz;
    RETURN;
  END IF;
  PERFORM delivery.give_up_files(p_cut, v_files, 'released', p_reason, p_actor);
  UPDATE lane SET epoch = epoch + 1, held_cause = NULL, not_before = NULL, failures = 0, lease_until = NULL
  WHERE id = v_cut.lane_id;
  RETURN QUERY SELECT 'released', NULL::timestamptz;
END $$;
