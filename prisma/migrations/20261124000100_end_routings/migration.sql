-- A routing ends: it delivers what is left until a deadline, or what is left is recorded as a gap at once. Where it ends
-- is decided once, in the transaction that says so: at the heads of its streams. What is appended later is not its own.

ALTER TABLE routing
  -- while draining: until when it delivers; what is left then becomes a gap. In the past at once where it is discarded
  ADD COLUMN drain_until timestamptz(6),
  -- who ended it and why: written into the gaps of what is left
  ADD COLUMN ended_by text,
  ADD COLUMN end_reason text;

ALTER TABLE lane
  -- the first offset that is not the lane's own any more, and the stream's rows and bytes before it; null while it goes on
  ADD COLUMN end_offset bigint,
  ADD COLUMN end_rows bigint,
  ADD COLUMN end_body_bytes bigint,
  ADD CONSTRAINT lane_not_past_its_end CHECK (next <= end_offset);

-- Of hours that were open when a lane ended: the stream's rows of them before its end.
CREATE TABLE lane_end_hour (
  lane_id bigint NOT NULL REFERENCES lane (id) ON DELETE CASCADE,
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  PRIMARY KEY (lane_id, hour)
);

ALTER TABLE gap DROP CONSTRAINT gap_cause_check,
  -- discarded: its routing ended before it was delivered
  ADD CONSTRAINT gap_cause_check CHECK (cause IN ('retention', 'released', 'discarded'));

-- Whether anything of a routing may be written: it runs, or it delivers what is left and has time to.
CREATE FUNCTION delivery.may_write(p_intent text, p_lifecycle text, p_drain_until timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  SELECT log.is_running(p_intent, p_lifecycle)
    OR (p_lifecycle = 'draining' AND coalesce(p_drain_until > clock_timestamp(), false))
$$;

-- Decides where the lanes of a routing end, unless that is decided. A lane whose type is not wanted any more carries
-- nothing behind the cut that is open. The caller holds the locks of workspace, routing and lanes.
-- One statement: heads and hours are seen in one snapshot, so no append falls between them.
CREATE FUNCTION delivery.set_lane_ends(p_routing uuid) RETURNS void
LANGUAGE sql VOLATILE AS $$
  WITH ended AS (
    UPDATE lane l SET end_offset = CASE WHEN x.is_wanted THEN s.next_offset ELSE l.next END,
      end_rows = CASE WHEN x.is_wanted THEN s.rows_total ELSE l.rows_done + x.open_rows END,
      end_body_bytes = CASE WHEN x.is_wanted THEN s.body_bytes_total ELSE l.body_bytes_done + x.open_body_bytes END
    FROM log.stream s, routing r, LATERAL (
      SELECT s.type = ANY (r.data_types) AS is_wanted, coalesce(sum(c.rows), 0) AS open_rows,
        coalesce(sum(c.body_bytes), 0) AS open_body_bytes
      FROM cut c WHERE c.routing_id = r.id AND c.state = 'sealed'
        AND c.lane_id = (SELECT o.id FROM lane o WHERE o.routing_id = r.id AND o.stream_id = s.id)
    ) x
    WHERE l.routing_id = p_routing AND r.id = l.routing_id AND s.id = l.stream_id AND l.end_offset IS NULL
    RETURNING l.id, l.stream_id, x.is_wanted, s.closed_through
  )
  INSERT INTO lane_end_hour (lane_id, hour, rows)
  SELECT e.id, h.hour, h.rows FROM ended e CROSS JOIN LATERAL log.hours(e.stream_id, e.closed_through, 'infinity') h
  WHERE e.is_wanted
$$;

-- As before, up to the lane's end where it has one; and what comes to an end waits for no more lines.
CREATE OR REPLACE FUNCTION delivery.due_lanes(p_lane bigint, p_cut_bytes bigint, p_behind_bytes bigint)
RETURNS TABLE (lane_id bigint, epoch bigint, pending_since timestamptz, by_age boolean, behind boolean)
LANGUAGE sql STABLE AS $$
  SELECT l.id, l.epoch, l.pending_since,
    l.pending_since + r.flush_interval_ms * interval '1 ms' <= now(),
    l.failures > 0 OR least(s.body_bytes_total, l.end_body_bytes) - l.body_bytes_done >= p_behind_bytes
  FROM lane l
  JOIN log.stream s ON s.id = l.stream_id
  JOIN routing r ON r.id = l.routing_id
  WHERE (p_lane IS NULL OR l.id = p_lane)
    AND l.running AND l.held_cause IS NULL
    AND (l.not_before IS NULL OR l.not_before <= now())
    AND (l.lease_until IS NULL OR l.lease_until <= now())
    AND (
      l.next > l.done
      OR (least(s.next_offset, l.end_offset) > l.done AND s.type = ANY (r.data_types) AND (
        l.end_offset IS NOT NULL
        OR l.pending_since + r.flush_interval_ms * interval '1 ms' <= now()
        OR s.body_bytes_total - l.body_bytes_done >= p_cut_bytes)))
$$;

-- As before, up to the lane's end where it has one.
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
    WHERE l.running AND l.pending_since IS NULL AND least(s.next_offset, l.end_offset) > l.done
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

-- SEAL as before, and never past the lane's end: a worker of the version before does not know it.
CREATE OR REPLACE FUNCTION delivery.seal_cut(
  p_lane bigint, p_epoch bigint, p_lo bigint, p_hi bigint,
  p_destination_version int, p_reason text, p_rows bigint, p_raw_bytes bigint, p_body_bytes bigint,
  p_sealed_at_ms bigint, p_files jsonb, p_worker text, p_deadline_ms bigint,
  p_event_names text[], p_set_aside jsonb
) RETURNS TABLE (cut_id bigint, attempt_id bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lane lane%ROWTYPE;
  v_cut bigint;
  v_attempt bigint;
BEGIN
  -- "done = lo" says that no cut is open, so the insert below never waits for a COMMIT that waits for this row.
  UPDATE lane SET next = p_hi + 1
  WHERE id = p_lane AND epoch = p_epoch AND running AND held_cause IS NULL AND next = p_lo AND done = p_lo
    AND (end_offset IS NULL OR p_hi < end_offset)
  RETURNING * INTO v_lane;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason,
    rows, raw_bytes, body_bytes, event_names, state, sealed_at)
  VALUES (v_lane.organization_id, v_lane.routing_id, p_lane, p_epoch, p_destination_version, p_lo, p_hi, p_reason,
    p_rows, p_raw_bytes, p_body_bytes, p_event_names, 'sealed', to_timestamp(p_sealed_at_ms / 1000.0))
  RETURNING id INTO v_cut;
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, generation, endpoint, bucket, key, type, hour,
    lo, hi, kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
  SELECT f.id, v_lane.organization_id, v_lane.routing_id, v_cut, f.position, f.generation, f.endpoint, f.bucket,
    f.key, f.type, to_timestamp(f."hourMs" / 1000.0), f.lo, f.hi, f.kind, f.rows, f."rawBytes", f."crcRaw",
    to_timestamp(f."receivedMinMs" / 1000.0), to_timestamp(f."receivedMaxMs" / 1000.0), f."receivedSumMs", 'sealed'
  FROM jsonb_to_recordset(p_files) AS f (id uuid, position int, generation int, endpoint text, bucket text, key text,
    type text, "hourMs" bigint, lo bigint, hi bigint, kind text, rows bigint, "rawBytes" bigint, "crcRaw" bigint,
    "receivedMinMs" bigint, "receivedMaxMs" bigint, "receivedSumMs" numeric);
  INSERT INTO cut_set_aside (cut_id, organization_id, routing_id, hour, rows, reason, offsets)
  SELECT v_cut, v_lane.organization_id, v_lane.routing_id, to_timestamp(a."hourMs" / 1000.0), a.rows,
    coalesce(a.reason, (SELECT CASE WHEN s.type = 'segment' THEN 'superseded' ELSE 'filtered' END
      FROM log.stream s WHERE s.id = v_lane.stream_id)),
    ARRAY(SELECT x::bigint FROM jsonb_array_elements_text(coalesce(a.offsets, '[]')) x)
  FROM jsonb_to_recordset(p_set_aside) AS a ("hourMs" bigint, rows bigint, reason text, offsets jsonb);
  PERFORM delivery.tell_set_aside(v_cut, 1, p_worker, p_set_aside);
  INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
  SELECT f.organization_id, f.routing_id, f.id, f.generation, 1, p_worker,
    clock_timestamp() + p_deadline_ms * interval '1 ms'
  FROM file f WHERE f.cut_id = v_cut AND f.position = 0
  RETURNING id INTO v_attempt;
  RETURN QUERY SELECT v_cut, v_attempt;
END $$;

-- COMMIT as before; behind the lane's end nothing is pending.
CREATE OR REPLACE FUNCTION delivery.commit_cut(p_cut bigint, p_figures jsonb, p_sketch bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
BEGIN
  PERFORM 1 FROM cut WHERE id = p_cut AND state = 'sealed' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE cut SET state = 'committed', committed_at = clock_timestamp()
  WHERE id = p_cut AND NOT EXISTS (
    SELECT FROM file f WHERE f.cut_id = p_cut AND f.generation = cut.generation AND f.state <> 'delivered')
  RETURNING * INTO v_cut;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE lane l SET done = v_cut.hi + 1, rows_done = l.rows_done + v_cut.rows,
    body_bytes_done = l.body_bytes_done + v_cut.body_bytes,
    pending_since = (
      SELECT c.received_min FROM log.chunk c WHERE c.stream_id = l.stream_id AND c."offset" = v_cut.hi + 1
        AND (l.end_offset IS NULL OR c."offset" < l.end_offset)),
    failures = 0, not_before = NULL, lease_until = NULL
  WHERE l.id = v_cut.lane_id AND l.done = v_cut.lo;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'delivery.commit_cut: cut % does not begin where its lane is done', p_cut;
  END IF;
  IF p_figures IS NOT NULL THEN
    INSERT INTO cut_latency (cut_id, organization_id, routing_id, committed_at, rows, within_rows, sum_ms, max_ms,
      waiting_ms, batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch)
    SELECT p_cut, v_cut.organization_id, v_cut.routing_id, v_cut.committed_at, f.rows, f."withinRows", f."sumMs",
      f."maxMs", f."waitingMs", f."batchingMs", f."uploadingMs", f."retryingMs", f.files, f."rawBytes", f."gzipBytes",
      p_sketch
    FROM jsonb_to_record(p_figures) AS f (rows bigint, "withinRows" bigint, "sumMs" numeric, "maxMs" bigint,
      "waitingMs" numeric, "batchingMs" numeric, "uploadingMs" numeric, "retryingMs" numeric, files int,
      "rawBytes" bigint, "gzipBytes" bigint);
  END IF;
  RETURN true;
END $$;

-- As before; a snapshot that came behind the lane's end will not be delivered and supersedes nothing.
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
      SELECT FROM log.chunk k WHERE k.stream_id = v_lane.stream_id AND k."offset" > v_file.hi AND k.snapshot_end
        AND (v_lane.end_offset IS NULL OR k."offset" < v_lane.end_offset))
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

-- Records the undelivered chunks of a lane without an open cut, up to p_to, as a gap, and sets the lane behind them.
-- The caller holds the lane's lock.
CREATE FUNCTION delivery.leave_chunks(p_lane bigint, p_to bigint, p_cause text, p_reason text, p_actor text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lane lane%ROWTYPE;
  v_rows bigint;
  v_body_bytes bigint;
  v_received_min timestamptz;
  v_received_max timestamptz;
  v_first bigint;
  v_gap bigint;
BEGIN
  SELECT * INTO STRICT v_lane FROM lane WHERE id = p_lane;
  IF p_to <= v_lane.done THEN
    RETURN;
  END IF;
  IF p_to = v_lane.end_offset THEN
    v_rows := v_lane.end_rows;
    v_body_bytes := v_lane.end_body_bytes;
  ELSE
    SELECT coalesce(k.rows_before, s.rows_total), coalesce(k.body_bytes_before, s.body_bytes_total)
    INTO v_rows, v_body_bytes
    FROM log.stream s LEFT JOIN log.chunk k ON k.stream_id = s.id AND k."offset" = p_to WHERE s.id = v_lane.stream_id;
  END IF;
  SELECT min(k.received_min), max(k.received_max), min(k."offset")
  INTO v_received_min, v_received_max, v_first
  FROM log.chunk k WHERE k.stream_id = v_lane.stream_id AND k."offset" >= v_lane.done AND k."offset" < p_to;
  INSERT INTO gap (organization_id, routing_id, lane_id, lo, hi, rows, cause, received_min, received_max, reason)
  VALUES (v_lane.organization_id, v_lane.routing_id, p_lane, v_lane.done, p_to - 1, v_rows - v_lane.rows_done, p_cause,
    CASE WHEN v_first = v_lane.done THEN v_received_min ELSE v_lane.pending_since END, v_received_max, p_reason)
  RETURNING id INTO v_gap;
  INSERT INTO gap_hour (gap_id, hour, rows)
  SELECT v_gap, j.hour, j.rows FROM delivery.rows_jumped(p_lane, v_lane.done, p_to - 1) j;
  PERFORM delivery.tell_gap(v_gap, p_actor);
  UPDATE lane SET next = p_to, done = p_to, rows_done = v_rows, body_bytes_done = v_body_bytes, epoch = epoch + 1,
    held_cause = NULL,
    pending_since = (
      SELECT k.received_min FROM log.chunk k WHERE k.stream_id = v_lane.stream_id AND k."offset" = p_to
        AND (v_lane.end_offset IS NULL OR k."offset" < v_lane.end_offset))
  WHERE id = p_lane;
END $$;

-- As before, in terms of the above. Of a lane that comes to an end no newer snapshot will be delivered: what it passes
-- of them is a gap like any other.
CREATE OR REPLACE FUNCTION delivery.pass_chunks(p_lane bigint, p_to bigint, p_worker text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lane lane%ROWTYPE;
  v_stream log.stream%ROWTYPE;
  v_is_wanted boolean;
BEGIN
  SELECT * INTO STRICT v_lane FROM lane WHERE id = p_lane;
  SELECT * INTO STRICT v_stream FROM log.stream WHERE id = v_lane.stream_id;
  SELECT v_stream.type = ANY (r.data_types) INTO v_is_wanted FROM routing r WHERE r.id = v_lane.routing_id;
  IF NOT v_is_wanted THEN
    RETURN;
  END IF;
  IF v_stream.type <> 'segment' OR v_lane.end_offset IS NOT NULL THEN
    PERFORM delivery.leave_chunks(p_lane, p_to, 'retention', NULL, 'worker:' || p_worker);
    RETURN;
  END IF;
  UPDATE lane SET next = start.first_offset, done = start.first_offset, rows_done = start.rows_before,
    body_bytes_done = start.body_bytes_before, epoch = epoch + 1, held_cause = NULL,
    pending_since = (
      SELECT k.received_min FROM log.chunk k WHERE k.stream_id = v_stream.id AND k."offset" = start.first_offset)
  FROM log.lane_start(v_stream, 'head') start
  WHERE id = p_lane AND start.first_offset > v_lane.done;
END $$;

-- As before, up to the lane's end where it has one.
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
  SELECT least(coalesce(kept."offset", s.next_offset), v_lane.end_offset),
    least(coalesce(young."offset", s.next_offset), v_lane.end_offset) INTO v_kept, v_to
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

-- Brings one lane of a draining routing to its end: stops it when it has got there or the routing's time is up, and then
-- records what is left as gaps. Waits for a PUT that may be under way, and for whoever has delivered a cut to commit it.
-- Returns how many gaps it recorded. Locks the cut, its lane and its files, in this order.
CREATE FUNCTION delivery.end_lane(p_lane bigint) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_lane lane%ROWTYPE;
  v_routing routing%ROWTYPE;
  v_files uuid[];
  v_gaps_before bigint;
BEGIN
  SELECT * INTO v_cut FROM cut WHERE lane_id = p_lane AND state = 'sealed' FOR UPDATE;
  SELECT * INTO v_lane FROM lane WHERE id = p_lane FOR NO KEY UPDATE;
  IF NOT FOUND OR v_lane.end_offset IS NULL OR (v_cut.id IS NULL) <> (v_lane.next = v_lane.done) THEN
    RETURN 0;
  END IF;
  SELECT * INTO STRICT v_routing FROM routing WHERE id = v_lane.routing_id;
  IF v_routing.lifecycle <> 'draining'
    OR (v_routing.drain_until > clock_timestamp() AND v_lane.done < v_lane.end_offset) THEN
    RETURN 0;
  END IF;
  -- Its lock keeps marks out until this is decided; from here on none comes in.
  UPDATE lane SET running = false, epoch = epoch + 1 WHERE id = p_lane AND running;
  SELECT coalesce(max(id), 0) INTO v_gaps_before FROM gap WHERE lane_id = p_lane;
  IF v_cut.id IS NOT NULL THEN
    PERFORM delivery.lock_open_files(v_cut.id, v_cut.generation);
    IF delivery.in_flight_until(v_cut.id) IS NOT NULL THEN
      RETURN 0;
    END IF;
    SELECT array_agg(f.id) INTO v_files FROM file f
    WHERE f.cut_id = v_cut.id AND f.generation = v_cut.generation AND f.state IN ('sealed', 'conflict');
    IF v_files IS NULL THEN
      -- Whoever delivered the last file commits with its figures; not when it has died in between.
      IF clock_timestamp() < interval '5 seconds' + greatest(v_cut.sealed_at, (
        SELECT max(f.delivered_at) FROM file f WHERE f.cut_id = v_cut.id)) THEN
        RETURN 0;
      END IF;
      PERFORM delivery.commit_cut(v_cut.id, NULL, NULL);
    ELSE
      PERFORM delivery.give_up_files(v_cut.id, v_files, 'discarded', v_routing.end_reason, v_routing.ended_by);
    END IF;
  END IF;
  PERFORM delivery.skip_superseded(p_lane);
  PERFORM delivery.leave_chunks(p_lane, v_lane.end_offset, 'discarded', v_routing.end_reason, v_routing.ended_by);
  UPDATE lane SET held_cause = NULL, failures = 0, not_before = NULL, lease_until = NULL WHERE id = p_lane;
  RETURN (SELECT count(*) FROM gap WHERE lane_id = p_lane AND id > v_gaps_before);
END $$;

-- Sets a lane of segments before the newest snapshot that it will carry: older ones are superseded by that, delivered or
-- not. The caller holds the lane's lock, and no cut is open.
CREATE FUNCTION delivery.skip_superseded(p_lane bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
  UPDATE lane l SET next = k."offset", done = k."offset", rows_done = k.rows_before,
    body_bytes_done = k.body_bytes_before, held_cause = NULL
  FROM lane o JOIN log.stream s ON s.id = o.stream_id AND s.type = 'segment'
  CROSS JOIN LATERAL (
    SELECT e."offset" FROM log.chunk e
    WHERE e.stream_id = s.id AND e."offset" >= o.done AND e."offset" < o.end_offset AND e.snapshot_end
    ORDER BY e."offset" DESC OFFSET 1 LIMIT 1
  ) before
  JOIN log.chunk k ON k.stream_id = s.id AND k."offset" = before."offset" + 1
  WHERE o.id = p_lane AND l.id = o.id
$$;
