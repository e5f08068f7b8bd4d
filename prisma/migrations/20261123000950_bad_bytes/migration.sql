-- Bad bytes: a chunk whose stored bytes are no longer what was collected is set aside, with its reason and its offset,
-- and never delivered; its neighbours are delivered once.

-- Written by SEAL and by RESEAL. An hour may have rows set aside for several reasons.
ALTER TABLE cut_set_aside
  -- filtered: taken out by the routing's event names; superseded: of an older snapshot; corrupt: bytes changed on our disk
  ADD COLUMN reason text NOT NULL DEFAULT 'filtered' CHECK (reason IN ('filtered', 'superseded', 'corrupt')),
  -- of whole chunks that no file of the cut holds; named only where the reason is theirs and not their lines'
  ADD COLUMN offsets bigint[] NOT NULL DEFAULT '{}';
UPDATE cut_set_aside a SET reason = 'superseded'
FROM cut c JOIN lane l ON l.id = c.lane_id JOIN log.stream s ON s.id = l.stream_id
WHERE c.id = a.cut_id AND s.type = 'segment';
ALTER TABLE cut_set_aside DROP CONSTRAINT cut_set_aside_pkey, ADD PRIMARY KEY (cut_id, hour, reason);

-- A person has said that files of this cut may come to exist twice, and that it goes on all the same.
ALTER TABLE cut ADD COLUMN doubt_accepted_at timestamptz(6);

-- Tells people of chunks that were set aside, in the statement that does it.
CREATE FUNCTION delivery.tell_set_aside(p_cut bigint, p_generation int, p_worker text, p_set_aside jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
  SELECT c.organization_id, 'worker:' || p_worker, 'routing.set_aside', 'routing:' || c.routing_id,
    jsonb_build_object('cutId', c.id, 'generation', p_generation, 'reason', 'corrupt', 'rows', sum(a.rows),
      'chunks', sum(jsonb_array_length(a.offsets)), 'firstOffset', min(o.first), 'lastOffset', max(o.last))
  FROM cut c, jsonb_to_recordset(p_set_aside) AS a (rows bigint, reason text, offsets jsonb),
    LATERAL (SELECT min(x::bigint) AS first, max(x::bigint) AS last FROM jsonb_array_elements_text(a.offsets) x) o
  WHERE c.id = p_cut AND a.reason = 'corrupt'
  GROUP BY c.id
$$;

-- SEAL as before. p_set_aside is an array of {hourMs, rows, reason, offsets}; a worker of the version before names
-- neither reason nor offsets.
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

-- RESEAL: one file of an open cut cannot be made any more, because chunks of it are corrupt. The cut moves to
-- generation + 1: that file is given up unwritten, p_new (null when nothing is left) takes its position at the same
-- place, and the corrupt chunks are set aside. The cut's other undelivered files stay what they are, under the new
-- generation. False, with nothing written, when the cut or the lane has moved on, or when the file may have been
-- written by some attempt and nobody has accepted that.
-- p_new is {id, key, lo, hi, kind, rows, rawBytes, crcRaw, receivedMinMs, receivedMaxMs, receivedSumMs};
-- p_set_aside is an array of {hourMs, rows, reason: 'corrupt', offsets}. Locks as release_cut does.
CREATE FUNCTION delivery.reseal_cut(
  p_cut bigint, p_lane bigint, p_epoch bigint, p_generation int, p_file uuid,
  p_new jsonb, p_set_aside jsonb, p_worker text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cut cut%ROWTYPE;
  v_file file%ROWTYPE;
  v_corrupt bigint;
  v_filtered bigint;
BEGIN
  SELECT * INTO v_cut FROM cut
  WHERE id = p_cut AND lane_id = p_lane AND generation = p_generation AND state = 'sealed' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM 1 FROM lane WHERE id = p_lane AND epoch = p_epoch AND running AND held_cause IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT * INTO v_file FROM file
  WHERE id = p_file AND cut_id = p_cut AND generation = p_generation AND state IN ('sealed', 'conflict')
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF v_cut.doubt_accepted_at IS NULL AND EXISTS (
    SELECT FROM attempt a WHERE a.file_id = p_file
      AND (a.outcome IS DISTINCT FROM 'refused' OR (a.http_status = 412 AND v_file.state <> 'conflict'))
  ) THEN
    RETURN false;
  END IF;
  SELECT coalesce(sum(a.rows), 0) INTO v_corrupt FROM jsonb_to_recordset(p_set_aside) AS a (rows bigint);
  -- What SEAL took out by the filter held lines of the corrupt chunks: those count as corrupt now, not twice.
  v_filtered := v_corrupt - (v_file.rows - coalesce((p_new ->> 'rows')::bigint, 0));
  IF v_filtered < 0 OR (v_filtered > 0 AND v_cut.event_names = '{}') THEN
    RAISE EXCEPTION 'delivery.reseal_cut: rows of file % do not add up', p_file;
  END IF;
  UPDATE file SET state = 'released' WHERE id = p_file;
  UPDATE file SET generation = p_generation + 1
  WHERE cut_id = p_cut AND generation = p_generation AND state IN ('sealed', 'conflict');
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, generation, endpoint, bucket, key, type, hour,
    lo, hi, kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
  SELECT n.id, v_file.organization_id, v_file.routing_id, p_cut, v_file.position, p_generation + 1, v_file.endpoint,
    v_file.bucket, n.key, v_file.type, v_file.hour, n.lo, n.hi, n.kind, n.rows, n."rawBytes", n."crcRaw",
    to_timestamp(n."receivedMinMs" / 1000.0), to_timestamp(n."receivedMaxMs" / 1000.0), n."receivedSumMs", 'sealed'
  FROM jsonb_to_record(p_new) AS n (id uuid, key text, lo bigint, hi bigint, kind text, rows bigint,
    "rawBytes" bigint, "crcRaw" bigint, "receivedMinMs" bigint, "receivedMaxMs" bigint, "receivedSumMs" numeric)
  WHERE p_new IS NOT NULL;
  INSERT INTO cut_set_aside AS s (cut_id, organization_id, routing_id, hour, rows, reason, offsets)
  SELECT p_cut, v_cut.organization_id, v_cut.routing_id, to_timestamp(a."hourMs" / 1000.0), a.rows, 'corrupt',
    ARRAY(SELECT x::bigint FROM jsonb_array_elements_text(a.offsets) x)
  FROM jsonb_to_recordset(p_set_aside) AS a ("hourMs" bigint, rows bigint, offsets jsonb)
  ON CONFLICT (cut_id, hour, reason) DO UPDATE
  SET rows = s.rows + excluded.rows, offsets = s.offsets || excluded.offsets;
  -- A row of none is not kept, and the table does not take one.
  DELETE FROM cut_set_aside
  WHERE cut_id = p_cut AND hour = v_file.hour AND reason = 'filtered' AND rows = v_filtered;
  UPDATE cut_set_aside SET rows = rows - v_filtered
  WHERE cut_id = p_cut AND hour = v_file.hour AND reason = 'filtered' AND rows > v_filtered AND v_filtered > 0;
  UPDATE cut SET generation = p_generation + 1 WHERE id = p_cut;
  PERFORM delivery.tell_set_aside(p_cut, p_generation + 1, p_worker, p_set_aside);
  RETURN true;
END $$;
