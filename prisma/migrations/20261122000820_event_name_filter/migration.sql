-- Rows of a cut's chunks that are in none of its files: taken out by the filter, or of a superseded snapshot. Written by
-- SEAL, never changed; they count once the cut is committed.
CREATE TABLE cut_set_aside (
  cut_id bigint NOT NULL REFERENCES cut (id),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL CHECK (rows > 0),
  PRIMARY KEY (cut_id, hour),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX cut_set_aside_routing ON cut_set_aside (routing_id, hour);

-- SEAL as before, now with the filter that the cut was decided with, and with what it leaves out. A cut may have no
-- file at all: then no attempt is marked, and COMMIT may follow at once.
-- p_set_aside is an array of {hourMs, rows}.
DROP FUNCTION delivery.seal_cut(
  bigint, bigint, bigint, bigint, int, text, bigint, bigint, bigint, bigint, jsonb, text, bigint);
CREATE FUNCTION delivery.seal_cut(
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
  INSERT INTO cut_set_aside (cut_id, organization_id, routing_id, hour, rows)
  SELECT v_cut, v_lane.organization_id, v_lane.routing_id, to_timestamp(a."hourMs" / 1000.0), a.rows
  FROM jsonb_to_recordset(p_set_aside) AS a ("hourMs" bigint, rows bigint);
  INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
  SELECT f.organization_id, f.routing_id, f.id, f.generation, 1, p_worker,
    clock_timestamp() + p_deadline_ms * interval '1 ms'
  FROM file f WHERE f.cut_id = v_cut AND f.position = 0
  RETURNING id INTO v_attempt;
  RETURN QUERY SELECT v_cut, v_attempt;
END $$;
