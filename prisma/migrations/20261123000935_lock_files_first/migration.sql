-- A file may be found to be in the bucket while somebody decides that it is given up: the answer of its PUT comes late,
-- and waits for nothing but the file's row. Whoever decides locks the rows first and reads them then, so that no file
-- is both delivered and part of the next generation.

-- Locks the undelivered files of a cut's generation, in the order of their ids. The caller holds the cut's lock, and its
-- lane's after that, which keeps new marks out.
CREATE FUNCTION delivery.lock_open_files(p_cut bigint, p_generation int) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM 1 FROM file
  WHERE cut_id = p_cut AND generation = p_generation AND state IN ('sealed', 'conflict')
  ORDER BY id FOR NO KEY UPDATE;
END $$;

-- As before, with the files locked.
CREATE OR REPLACE FUNCTION delivery.release_cut(
  p_cut bigint, p_lane bigint, p_epoch bigint, p_generation int,
  p_destination_version int, p_endpoint text, p_bucket text, p_files jsonb, p_worker text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_open int;
  v_named int;
BEGIN
  PERFORM 1 FROM cut WHERE id = p_cut AND lane_id = p_lane AND generation = p_generation AND state = 'sealed' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM 1 FROM lane WHERE id = p_lane AND epoch = p_epoch AND running AND held_cause IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM delivery.lock_open_files(p_cut, p_generation);
  SELECT count(*), count(n."fromId") INTO v_open, v_named
  FROM file f LEFT JOIN jsonb_to_recordset(p_files) AS n ("fromId" uuid) ON n."fromId" = f.id
  WHERE f.cut_id = p_cut AND f.generation = p_generation AND f.state IN ('sealed', 'conflict');
  IF v_open = 0 OR v_named <> v_open OR v_named <> jsonb_array_length(p_files) THEN
    RETURN false;
  END IF;
  -- Only an attempt that S3 refused wrote nothing. A 412 says that something lies under the key: HEAD must have
  -- found it to be a stranger's. No new attempt can come in: a mark needs the lane, a seal needs no open cut.
  IF EXISTS (
    SELECT FROM file f JOIN attempt a ON a.file_id = f.id
    WHERE f.cut_id = p_cut AND f.generation = p_generation AND f.state IN ('sealed', 'conflict')
      AND (a.outcome IS DISTINCT FROM 'refused' OR (a.http_status = 412 AND f.state <> 'conflict'))
  ) THEN
    RETURN false;
  END IF;
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, generation, endpoint, bucket, key, type, hour,
    lo, hi, kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
  SELECT n.id, f.organization_id, f.routing_id, f.cut_id, f.position, p_generation + 1, p_endpoint, p_bucket, n.key,
    f.type, f.hour, f.lo, f.hi, f.kind, f.rows, f.raw_bytes, f.crc_raw, f.received_min, f.received_max,
    f.received_sum_ms, 'sealed'
  FROM jsonb_to_recordset(p_files) AS n ("fromId" uuid, id uuid, key text) JOIN file f ON f.id = n."fromId";
  UPDATE file SET state = 'released'
  WHERE cut_id = p_cut AND generation = p_generation AND state IN ('sealed', 'conflict');
  UPDATE cut SET generation = p_generation + 1, destination_version = p_destination_version WHERE id = p_cut;
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
  SELECT c.organization_id, 'worker:' || p_worker, 'routing.release_cut', 'routing:' || c.routing_id,
    jsonb_build_object('cutId', p_cut, 'generation', c.generation, 'destinationVersion', p_destination_version,
      'files', v_open, 'firstOffset', c.lo, 'lastOffset', c.hi)
  FROM cut c WHERE c.id = p_cut;
  RETURN true;
END $$;

-- As before, and never a file that is delivered. The caller holds the locks of cut, lane and files, in this order.
CREATE OR REPLACE FUNCTION delivery.give_up_files(
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
  FOR v_file IN
    SELECT * FROM file WHERE id = ANY (p_files) AND state IN ('sealed', 'conflict') ORDER BY lo
  LOOP
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
  UPDATE file SET state = 'released' WHERE id = ANY (p_files) AND state IN ('sealed', 'conflict');
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

-- As before, with the files locked.
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
    PERFORM delivery.lock_open_files(v_cut.id, v_cut.generation);
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

-- As before, with the files locked.
CREATE OR REPLACE FUNCTION delivery.release_cut_anyway(
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
  PERFORM delivery.lock_open_files(p_cut, p_generation);
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

-- As before, with the files locked.
CREATE OR REPLACE FUNCTION delivery.give_up_cut(p_cut bigint, p_generation int, p_reason text, p_actor text)
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
  PERFORM delivery.lock_open_files(p_cut, p_generation);
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
