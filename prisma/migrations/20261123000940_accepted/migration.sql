-- What collectors accepted, counted by them from the requests and not from the chunks they built: the receipt of an
-- hour compares two sources, so a chunk that was built wrong, or whose row is gone, shows.

-- The newest hour is counted in the head row, which every append writes anyway; older hours lie in log.accepted.
ALTER TABLE log.stream
  ADD COLUMN accepted_hour timestamptz(6) NOT NULL DEFAULT '-infinity',
  ADD COLUMN accepted_rows bigint NOT NULL DEFAULT 0,
  -- of them: rows whose sender did not count, so that they were taken from the chunks
  ADD COLUMN accepted_of_chunks bigint NOT NULL DEFAULT 0;

-- Kept as long as log.hour_total: the receipts' other side.
CREATE TABLE log.accepted (
  stream_id bigint NOT NULL REFERENCES log.stream (id),
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  of_chunks bigint NOT NULL,
  PRIMARY KEY (stream_id, hour)
);

-- Since which hour the counts are whole. A log that is in use begins with the next hour, and later still when the
-- present one is about to end: an append of the version before may be under way.
CREATE TABLE log.counting (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  since timestamptz(6) NOT NULL
);
INSERT INTO log.counting (since)
SELECT CASE WHEN EXISTS (SELECT FROM log.stream)
  THEN date_trunc('hour', now() + interval '5 minutes', 'UTC') + interval '1 hour' ELSE '-infinity' END;

CREATE FUNCTION log.add_accepted(p_stream bigint, p_hour timestamptz, p_rows bigint, p_of_chunks bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO log.accepted AS a (stream_id, hour, rows, of_chunks) VALUES (p_stream, p_hour, p_rows, p_of_chunks)
  ON CONFLICT (stream_id, hour) DO UPDATE SET rows = a.rows + excluded.rows, of_chunks = a.of_chunks + excluded.of_chunks
$$;

-- What was accepted in the hours of a stream that start in [p_from, p_to), as of the caller's snapshot. An hour without
-- a row since log.counting has had nothing.
CREATE FUNCTION log.accepted_hours(p_stream bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (hour timestamptz, rows bigint, of_chunks bigint)
LANGUAGE sql STABLE AS $$
  SELECT u.hour, sum(u.rows)::bigint, sum(u.of_chunks)::bigint
  FROM (
    SELECT a.hour, a.rows, a.of_chunks FROM log.accepted a WHERE a.stream_id = p_stream
    UNION ALL
    SELECT s.accepted_hour, s.accepted_rows, s.accepted_of_chunks FROM log.stream s
    WHERE s.id = p_stream AND s.accepted_rows > 0
  ) u
  WHERE u.hour >= p_from AND u.hour < p_to AND u.hour >= (SELECT c.since FROM log.counting c)
  GROUP BY u.hour
$$;

-- log.append (see its migration), with what the sender counted. p_counted_rows has an entry per chunk: what was counted
-- of the chunk's stream and hour stands at the first such chunk, 0 at the others. Null where nobody counted.
CREATE FUNCTION log.append_counted(
  p_id uuid,
  p_stream_ids bigint[],
  p_hours_ms bigint[],
  p_rows int[],
  p_raw_bytes int[],
  p_crc_raw bigint[],
  p_body_bytes int[],
  p_crc_body bigint[],
  p_received_min_ms bigint[],
  p_received_max_ms bigint[],
  p_received_sum_ms numeric[],
  p_snapshot_end boolean[],
  p_bodies bytea,
  p_key_workspaces uuid[],
  p_key_calls text[],
  p_keys text[],
  p_key_hashes_hex text[],
  p_key_statuses int[],
  p_key_answer_bytes int[],
  p_key_answers bytea,
  p_counted_rows int[]
) RETURNS bigint[]
-- One plan per statement is enough: planning anew for every append would cost as much again as running it.
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_chunks int := cardinality(p_stream_ids);
  v_offsets bigint[] := array_fill(NULL::bigint, ARRAY[v_chunks]);
  v_body_from int[] := '{}';
  v_body_bytes int := 0;
  v_answer_bytes int := 0;
  v_head log.stream;
  v_hour timestamptz;
  v_known_keys int[];
  v_closed_chunks int[] := '{}';
  v_recorded bigint[];
BEGIN
  -- A client that dies or freezes between its Execute and its Sync message would keep the head locks until TCP
  -- gives up. No other timeout of the server covers that moment. (Postgres 17 and later.)
  IF current_setting('transaction_timeout', true) IS NOT NULL THEN
    PERFORM set_config('transaction_timeout', '10s', true);
  END IF;
  FOR i IN 1 .. v_chunks LOOP
    v_body_from[i] := v_body_bytes + 1;
    v_body_bytes := v_body_bytes + p_body_bytes[i];
  END LOOP;
  FOR i IN 1 .. cardinality(p_keys) LOOP
    v_answer_bytes := v_answer_bytes + p_key_answer_bytes[i];
  END LOOP;
  IF v_body_bytes <> length(p_bodies) OR v_answer_bytes <> length(p_key_answers) THEN
    RAISE EXCEPTION 'log.append: lengths of % and % bytes do not add up to % bytes of bodies and % of answers',
      v_body_bytes, v_answer_bytes, length(p_bodies), length(p_key_answers) USING ERRCODE = 'data_exception';
  END IF;

  -- 1. Keys, in one order for everybody: of two appends with the same key the second waits here for the first.
  IF cardinality(p_keys) > 0 THEN
    WITH given AS (
      SELECT workspace_id, call, key, hash, status, i,
        substring(p_key_answers FROM (sum(bytes) OVER (ORDER BY i) - bytes + 1)::int FOR bytes) AS answer,
        row_number() OVER (PARTITION BY workspace_id, call, key ORDER BY i) AS nth
      FROM unnest(p_key_workspaces, p_key_calls, p_keys, p_key_hashes_hex, p_key_statuses, p_key_answer_bytes)
        WITH ORDINALITY AS u (workspace_id, call, key, hash, status, bytes, i)
    ), fresh AS (
      INSERT INTO log.idempotency (workspace_id, call, key, body_hash, status, answer, append_id)
      SELECT workspace_id, call, key, decode(hash, 'hex'), status, answer, p_id
      FROM given WHERE nth = 1 ORDER BY workspace_id, call, key
      ON CONFLICT DO NOTHING
      RETURNING workspace_id, call, key
    )
    SELECT array_agg((g.i - 1)::int ORDER BY g.i) INTO v_known_keys
    FROM given g LEFT JOIN fresh f USING (workspace_id, call, key)
    WHERE f.key IS NULL OR g.nth > 1;
  END IF;

  -- 2. Heads, locked in the order of their ids; sorting the input alone deadlocks.
  -- NO KEY: the foreign key of a new lane must not wait for an append, nor an append for it.
  IF v_known_keys IS NULL AND v_chunks > 0 THEN
    PERFORM 1 FROM log.stream WHERE id = ANY (p_stream_ids) ORDER BY id FOR NO KEY UPDATE;
  END IF;

  -- 3. Stored already? Asked when nothing of the same id can be under way any more. The UPDATE makes the answer
  -- as durable as the first one: a commit that writes waits for the standby, a commit that reads does not.
  UPDATE log.append SET at = at WHERE id = p_id RETURNING offsets INTO v_recorded;
  IF FOUND THEN
    IF cardinality(v_recorded) <> v_chunks THEN
      RAISE EXCEPTION 'log.append: % was used for another append', p_id USING ERRCODE = 'unique_violation';
    END IF;
    RETURN v_recorded;
  END IF;
  IF v_known_keys IS NOT NULL THEN
    RAISE EXCEPTION 'log.append: key exists' USING ERRCODE = 'SL002', DETAIL = to_json(v_known_keys)::text;
  END IF;

  -- 4. Stream by stream: the fence of closed hours, the chunks, the head. Nobody else moves it any more.
  FOR v_head IN SELECT * FROM log.stream WHERE id = ANY (p_stream_ids) LOOP
    v_head.part := greatest(v_head.part, (now() AT TIME ZONE 'UTC')::date);
    FOR i IN 1 .. v_chunks LOOP
      CONTINUE WHEN p_stream_ids[i] <> v_head.id;
      v_hour := to_timestamp(p_hours_ms[i] / 1000.0);
      IF v_hour + interval '1 hour' <= v_head.closed_through THEN
        v_closed_chunks := v_closed_chunks || (i - 1);
      END IF;
      INSERT INTO log.chunk (part, stream_id, "offset", hour, rows, raw_bytes, crc_raw, body_bytes, crc_body,
        received_min, received_max, received_sum_ms, rows_before, raw_bytes_before, body_bytes_before,
        snapshot_end, body)
      VALUES (v_head.part, v_head.id, v_head.next_offset, v_hour,
        p_rows[i], p_raw_bytes[i], p_crc_raw[i], p_body_bytes[i], p_crc_body[i],
        to_timestamp(p_received_min_ms[i] / 1000.0), to_timestamp(p_received_max_ms[i] / 1000.0),
        p_received_sum_ms[i], v_head.rows_total, v_head.raw_bytes_total, v_head.body_bytes_total,
        p_snapshot_end[i], substring(p_bodies FROM v_body_from[i] FOR p_body_bytes[i]));
      v_offsets[i] := v_head.next_offset;
      v_head.next_offset := v_head.next_offset + 1;
      v_head.rows_total := v_head.rows_total + p_rows[i];
      v_head.raw_bytes_total := v_head.raw_bytes_total + p_raw_bytes[i];
      v_head.body_bytes_total := v_head.body_bytes_total + p_body_bytes[i];
      IF v_hour > v_head.accepted_hour THEN
        IF v_head.accepted_rows > 0 THEN
          PERFORM log.add_accepted(
            v_head.id, v_head.accepted_hour, v_head.accepted_rows, v_head.accepted_of_chunks);
        END IF;
        v_head.accepted_hour := v_hour;
        v_head.accepted_rows := 0;
        v_head.accepted_of_chunks := 0;
      END IF;
      IF v_hour < v_head.accepted_hour THEN
        PERFORM log.add_accepted(v_head.id, v_hour, coalesce(p_counted_rows[i], p_rows[i]),
          CASE WHEN p_counted_rows[i] IS NULL THEN p_rows[i] ELSE 0 END);
      ELSIF p_counted_rows[i] IS NOT NULL THEN
        v_head.accepted_rows := v_head.accepted_rows + p_counted_rows[i];
      ELSE
        v_head.accepted_rows := v_head.accepted_rows + p_rows[i];
        v_head.accepted_of_chunks := v_head.accepted_of_chunks + p_rows[i];
      END IF;
    END LOOP;
    UPDATE log.stream SET next_offset = v_head.next_offset, part = v_head.part, rows_total = v_head.rows_total,
      raw_bytes_total = v_head.raw_bytes_total, body_bytes_total = v_head.body_bytes_total,
      accepted_hour = v_head.accepted_hour, accepted_rows = v_head.accepted_rows,
      accepted_of_chunks = v_head.accepted_of_chunks
    WHERE id = v_head.id;
  END LOOP;

  IF cardinality(v_closed_chunks) > 0 THEN
    RAISE EXCEPTION 'log.append: hour closed' USING ERRCODE = 'SL001', DETAIL = to_json(v_closed_chunks)::text;
  END IF;
  IF array_position(v_offsets, NULL) IS NOT NULL THEN
    RAISE EXCEPTION 'log.append: stream % does not exist', p_stream_ids[array_position(v_offsets, NULL)]
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  INSERT INTO log.append (id, offsets) VALUES (p_id, v_offsets);
  RETURN v_offsets;
END $$;

-- Collectors of the version before do not count; what they append is counted by its chunks.
CREATE OR REPLACE FUNCTION log.append(
  p_id uuid,
  p_stream_ids bigint[],
  p_hours_ms bigint[],
  p_rows int[],
  p_raw_bytes int[],
  p_crc_raw bigint[],
  p_body_bytes int[],
  p_crc_body bigint[],
  p_received_min_ms bigint[],
  p_received_max_ms bigint[],
  p_received_sum_ms numeric[],
  p_snapshot_end boolean[],
  p_bodies bytea,
  p_key_workspaces uuid[],
  p_key_calls text[],
  p_keys text[],
  p_key_hashes_hex text[],
  p_key_statuses int[],
  p_key_answer_bytes int[],
  p_key_answers bytea
) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN log.append_counted(p_id, p_stream_ids, p_hours_ms, p_rows, p_raw_bytes, p_crc_raw, p_body_bytes, p_crc_body,
    p_received_min_ms, p_received_max_ms, p_received_sum_ms, p_snapshot_end, p_bodies, p_key_workspaces, p_key_calls,
    p_keys, p_key_hashes_hex, p_key_statuses, p_key_answer_bytes, p_key_answers, NULL);
END $$;
