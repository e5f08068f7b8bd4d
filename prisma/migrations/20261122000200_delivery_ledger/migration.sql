-- What delivery needs to decide in single statements. Every function below is called as one autocommit statement:
-- its locks live and die on the server, so a frozen worker never sits on one.

ALTER TABLE attempt
  ADD COLUMN routing_id uuid NOT NULL,
  -- after this instant the PUT has been given up; written with the mark, so an attempt whose worker died can be closed
  ADD COLUMN deadline_at timestamptz(6) NOT NULL,
  ADD FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id);
CREATE INDEX attempt_open ON attempt (routing_id) WHERE outcome IS NULL;
CREATE INDEX attempt_routing_ended ON attempt (routing_id, ended_at);
CREATE INDEX lane_running ON lane (stream_id) WHERE running;

CREATE SCHEMA delivery;

-- Work that one process at a time does every so often. Taking a turn holds no lock past its statement:
-- a process that freezes afterwards delays the work by one period and keeps nobody from it.
CREATE TABLE delivery.turn (
  name text PRIMARY KEY,
  taken_at timestamptz(6) NOT NULL
);

CREATE FUNCTION delivery.take_turn(p_name text, p_period_ms bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('sluice.turn'), hashtext(p_name)) THEN
    RETURN false;
  END IF;
  INSERT INTO delivery.turn AS t (name, taken_at) VALUES (p_name, clock_timestamp())
  ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at
  WHERE t.taken_at <= excluded.taken_at - p_period_ms * interval '1 ms'
    -- a database clock that was set back must not stop the work until it has caught up
    OR t.taken_at > excluded.taken_at + interval '1 second';
  RETURN FOUND;
END $$;

-- Lanes that a worker may look into now: with an open cut, old enough, or large enough. Of the log it reads heads only.
CREATE FUNCTION delivery.due_lanes(p_lane bigint, p_cut_bytes bigint, p_behind_bytes bigint)
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
      OR (s.next_offset > l.done AND (
        l.pending_since + r.flush_interval_ms * interval '1 ms' <= now()
        OR s.body_bytes_total - l.body_bytes_done >= p_cut_bytes)))
$$;

-- One round of dispatch. Empty unless it is the caller's turn.
CREATE FUNCTION delivery.dispatch(p_period_ms bigint, p_cut_bytes bigint, p_behind_bytes bigint, p_limit int)
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
  SELECT d.lane_id, d.epoch, d.behind
  FROM delivery.due_lanes(NULL, p_cut_bytes, p_behind_bytes) d
  ORDER BY d.pending_since LIMIT p_limit;
END $$;

-- Takes a due lane for a while. The lease only avoids doubled effort; the CAS of SEAL and of the marks keep it safe.
CREATE FUNCTION delivery.claim_lane(
  p_lane bigint, p_epoch bigint, p_lease_ms bigint, p_cut_bytes bigint, p_behind_bytes bigint
) RETURNS TABLE (stream_id bigint, done bigint, next bigint, head bigint, by_age boolean, failures int)
LANGUAGE sql VOLATILE AS $$
  UPDATE lane l SET lease_until = clock_timestamp() + p_lease_ms * interval '1 ms'
  FROM delivery.due_lanes(p_lane, p_cut_bytes, p_behind_bytes) d, log.stream s
  WHERE l.id = p_lane AND d.lane_id = l.id AND s.id = l.stream_id
    -- repeated on the row itself: of two claims the second waits here and then sees the first one's lease
    AND l.epoch = p_epoch AND (l.lease_until IS NULL OR l.lease_until <= clock_timestamp())
  RETURNING l.stream_id, l.done, l.next, s.next_offset, coalesce(d.by_age, false), l.failures
$$;

-- SEAL: moves "next", records the cut, its files and the first mark; or does nothing and returns no row.
-- p_files is an array of {id, position, generation, endpoint, bucket, key, type, hourMs, lo, hi, kind, rows,
-- rawBytes, crcRaw, receivedMinMs, receivedMaxMs, receivedSumMs}; times are epoch ms.
CREATE FUNCTION delivery.seal_cut(
  p_lane bigint, p_epoch bigint, p_lo bigint, p_hi bigint,
  p_destination_version int, p_reason text, p_rows bigint, p_raw_bytes bigint, p_body_bytes bigint,
  p_sealed_at_ms bigint, p_files jsonb, p_worker text, p_deadline_ms bigint
) RETURNS TABLE (cut_id bigint, attempt_id bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lane lane%ROWTYPE;
  v_cut bigint;
BEGIN
  -- "done = lo" says that no cut is open, so the insert below never waits for a COMMIT that waits for this row.
  UPDATE lane SET next = p_hi + 1
  WHERE id = p_lane AND epoch = p_epoch AND running AND held_cause IS NULL AND next = p_lo AND done = p_lo
  RETURNING * INTO v_lane;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason,
    rows, raw_bytes, body_bytes, state, sealed_at)
  VALUES (v_lane.organization_id, v_lane.routing_id, p_lane, p_epoch, p_destination_version, p_lo, p_hi, p_reason,
    p_rows, p_raw_bytes, p_body_bytes, 'sealed', to_timestamp(p_sealed_at_ms / 1000.0))
  RETURNING id INTO v_cut;
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, generation, endpoint, bucket, key, type, hour,
    lo, hi, kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
  SELECT f.id, v_lane.organization_id, v_lane.routing_id, v_cut, f.position, f.generation, f.endpoint, f.bucket,
    f.key, f.type, to_timestamp(f."hourMs" / 1000.0), f.lo, f.hi, f.kind, f.rows, f."rawBytes", f."crcRaw",
    to_timestamp(f."receivedMinMs" / 1000.0), to_timestamp(f."receivedMaxMs" / 1000.0), f."receivedSumMs", 'sealed'
  FROM jsonb_to_recordset(p_files) AS f (id uuid, position int, generation int, endpoint text, bucket text, key text,
    type text, "hourMs" bigint, lo bigint, hi bigint, kind text, rows bigint, "rawBytes" bigint, "crcRaw" bigint,
    "receivedMinMs" bigint, "receivedMaxMs" bigint, "receivedSumMs" numeric);
  RETURN QUERY
  INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
  SELECT f.organization_id, f.routing_id, f.id, f.generation, 1, p_worker,
    clock_timestamp() + p_deadline_ms * interval '1 ms'
  FROM file f WHERE f.cut_id = v_cut AND f.position = 0
  RETURNING v_cut, id;
END $$;

-- Marks an attempt before its PUT, or marks p_attempt again; returns its id, or null when the PUT must not start.
-- The share lock on the lane makes a pause wait for the mark and the mark see the pause.
CREATE FUNCTION delivery.mark_attempt(
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
  WHERE id = p_file AND generation = p_generation AND state <> 'delivered' FOR NO KEY UPDATE;
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

-- How an attempt ended. What its own process learns later replaces an 'unknown' that was written for it.
CREATE FUNCTION delivery.end_attempt(
  p_attempt bigint, p_outcome text, p_http_status int, p_code text, p_request_id text, p_message text
) RETURNS void
LANGUAGE sql VOLATILE AS $$
  UPDATE attempt SET outcome = p_outcome, ended_at = clock_timestamp(), http_status = p_http_status, code = p_code,
    request_id = p_request_id, message = left(p_message, 500)
  WHERE id = p_attempt AND (outcome IS NULL OR outcome = 'unknown')
$$;

-- The file is in the bucket: true for the one who records it first.
CREATE FUNCTION delivery.finish_file(
  p_file uuid, p_generation int, p_etag text, p_gzip_bytes bigint,
  p_attempt bigint, p_outcome text, p_http_status int, p_code text, p_request_id text, p_message text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_first boolean;
BEGIN
  UPDATE file SET state = 'delivered', etag = p_etag, gzip_bytes = p_gzip_bytes, delivered_at = clock_timestamp()
  WHERE id = p_file AND generation = p_generation AND state = 'sealed';
  v_first := FOUND;
  PERFORM delivery.end_attempt(p_attempt, p_outcome, p_http_status, p_code, p_request_id, p_message);
  RETURN v_first;
END $$;

-- The file is not known to be in the bucket: ends the attempt and sends its lane into back-off or holds it.
-- A lane that has moved on meanwhile is left alone.
CREATE FUNCTION delivery.fail_file(
  p_file uuid, p_generation int, p_conflict boolean, p_back_off_ms bigint, p_held_cause text,
  p_attempt bigint, p_outcome text, p_http_status int, p_code text, p_request_id text, p_message text
) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF p_attempt IS NOT NULL THEN
    PERFORM delivery.end_attempt(p_attempt, p_outcome, p_http_status, p_code, p_request_id, p_message);
  END IF;
  IF p_conflict THEN
    UPDATE file SET state = 'conflict' WHERE id = p_file AND generation = p_generation AND state = 'sealed';
  END IF;
  UPDATE lane l SET failures = l.failures + 1, held_cause = coalesce(l.held_cause, p_held_cause),
    not_before = clock_timestamp() + p_back_off_ms * interval '1 ms', lease_until = NULL
  FROM cut c JOIN file f ON f.cut_id = c.id
  WHERE f.id = p_file AND f.state <> 'delivered' AND c.state = 'sealed' AND l.id = c.lane_id AND l.done = c.lo;
END $$;

-- COMMIT: true for its one winner. Moves "done" past the cut once every file is in the bucket.
CREATE FUNCTION delivery.commit_cut(p_cut bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
BEGIN
  UPDATE cut SET state = 'committed', committed_at = clock_timestamp()
  WHERE id = p_cut AND state = 'sealed' AND NOT EXISTS (
    SELECT FROM file f WHERE f.cut_id = p_cut AND f.generation = cut.generation AND f.state <> 'delivered')
  RETURNING * INTO v_cut;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE lane l SET done = v_cut.hi + 1, rows_done = l.rows_done + v_cut.rows,
    body_bytes_done = l.body_bytes_done + v_cut.body_bytes,
    pending_since = (
      SELECT c.received_min FROM log.chunk c WHERE c.stream_id = l.stream_id AND c."offset" = v_cut.hi + 1),
    failures = 0, not_before = NULL, lease_until = NULL
  WHERE l.id = v_cut.lane_id AND l.done = v_cut.lo;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'delivery.commit_cut: cut % does not begin where its lane is done', p_cut;
  END IF;
  RETURN true;
END $$;

-- Attempts whose PUT was given up long ago and whose worker never said how it ended.
CREATE FUNCTION delivery.close_lost_attempts(p_grace_ms bigint) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_closed int;
BEGIN
  UPDATE attempt SET outcome = 'unknown', ended_at = clock_timestamp(), code = 'WorkerLost'
  WHERE outcome IS NULL AND deadline_at < clock_timestamp() - p_grace_ms * interval '1 ms';
  GET DIAGNOSTICS v_closed = ROW_COUNT;
  RETURN v_closed;
END $$;
