-- RELEASE: an open cut that nobody can have written anything of moves to where its routing delivers now.

-- sealed → delivered | conflict | released; written by the worker. 'released' is final: the file was given up unwritten,
-- and the same rows are a file of the cut's next generation.
ALTER TABLE file DROP CONSTRAINT file_state_check,
  ADD CONSTRAINT file_state_check CHECK (state IN ('sealed', 'delivered', 'conflict', 'released'));

-- Moves a cut to generation + 1 at another place; false, with nothing written, when it has moved or may not.
-- p_files is an array of {fromId, id, key}: every undelivered file of the present generation, with its new id and key.
-- Locks the cut before the lane, as COMMIT does; the lane's lock keeps marks out until this is decided.
CREATE FUNCTION delivery.release_cut(
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

-- As before, and never for a released file.
CREATE OR REPLACE FUNCTION delivery.mark_attempt(
  p_file uuid, p_generation int, p_worker text, p_deadline_ms bigint, p_attempt bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_file file%ROWTYPE;
  v_attempt bigint;
BEGIN
  PERFORM 1 FROM lane l JOIN cut c ON c.lane_id = l.id JOIN file f ON f.cut_id = c.id
  WHERE f.id = p_file AND l.running AND l.held_cause IS NULL FOR SHARE OF l;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT * INTO v_file FROM file
  WHERE id = p_file AND generation = p_generation AND state IN ('sealed', 'conflict') FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  -- Whoever let go of the hold has looked at the conflict: the next answer decides anew.
  IF v_file.state = 'conflict' THEN
    UPDATE file SET state = 'sealed' WHERE id = p_file;
  END IF;
  UPDATE attempt SET marked_at = clock_timestamp(), deadline_at = clock_timestamp() + p_deadline_ms * interval '1 ms'
  WHERE id = p_attempt AND file_id = p_file AND outcome IS NULL
  RETURNING id INTO v_attempt;
  IF NOT FOUND THEN
    INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
    SELECT v_file.organization_id, v_file.routing_id, p_file, p_generation,
      coalesce((SELECT max(number) FROM attempt WHERE file_id = p_file), 0) + 1, p_worker,
      clock_timestamp() + p_deadline_ms * interval '1 ms'
    RETURNING id INTO v_attempt;
  END IF;
  RETURN v_attempt;
END $$;
