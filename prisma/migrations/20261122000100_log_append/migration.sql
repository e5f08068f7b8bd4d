-- What an append stored, in the request's order: read again when the first reply was lost.
ALTER TABLE log.append DROP COLUMN placed, ADD COLUMN offsets bigint[] NOT NULL;

-- How far hours are closed for the whole log. Written before the streams are, so that a stream born
-- meanwhile starts with its past hours closed.
CREATE TABLE log.closing (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  closed_through timestamptz(6) NOT NULL
);
INSERT INTO log.closing (closed_through) VALUES ('-infinity');

-- One append, one statement, all or nothing: whoever calls it holds no lock between two round trips.
-- Bodies and answers come concatenated and are cut by their lengths. Times are epoch ms.
-- Returns one offset per chunk. Refusals are raised, so whatever was written before them vanishes:
--   SL001  some hour is closed; DETAIL = JSON array of chunk indexes from 0
--   SL002  some idempotency key exists; DETAIL = JSON array of row indexes from 0
-- Lanes are not touched: a frozen worker that holds a lane never stands in the way of collection.
CREATE FUNCTION log.append(
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
-- One plan per statement is enough: planning anew for every append would cost as much again as running it.
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_chunks int := cardinality(p_stream_ids);
  v_offsets bigint[] := array_fill(NULL::bigint, ARRAY[v_chunks]);
  v_body_from int[] := '{}';
  v_body_bytes int := 0;
  v_answer_bytes int := 0;
  v_head log.stream;
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
      IF to_timestamp(p_hours_ms[i] / 1000.0) + interval '1 hour' <= v_head.closed_through THEN
        v_closed_chunks := v_closed_chunks || (i - 1);
      END IF;
      INSERT INTO log.chunk (part, stream_id, "offset", hour, rows, raw_bytes, crc_raw, body_bytes, crc_body,
        received_min, received_max, received_sum_ms, rows_before, raw_bytes_before, body_bytes_before,
        snapshot_end, body)
      VALUES (v_head.part, v_head.id, v_head.next_offset, to_timestamp(p_hours_ms[i] / 1000.0),
        p_rows[i], p_raw_bytes[i], p_crc_raw[i], p_body_bytes[i], p_crc_body[i],
        to_timestamp(p_received_min_ms[i] / 1000.0), to_timestamp(p_received_max_ms[i] / 1000.0),
        p_received_sum_ms[i], v_head.rows_total, v_head.raw_bytes_total, v_head.body_bytes_total,
        p_snapshot_end[i], substring(p_bodies FROM v_body_from[i] FOR p_body_bytes[i]));
      v_offsets[i] := v_head.next_offset;
      v_head.next_offset := v_head.next_offset + 1;
      v_head.rows_total := v_head.rows_total + p_rows[i];
      v_head.raw_bytes_total := v_head.raw_bytes_total + p_raw_bytes[i];
      v_head.body_bytes_total := v_head.body_bytes_total + p_body_bytes[i];
    END LOOP;
    UPDATE log.stream SET next_offset = v_head.next_offset, part = v_head.part, rows_total = v_head.rows_total,
      raw_bytes_total = v_head.raw_bytes_total, body_bytes_total = v_head.body_bytes_total
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

-- Creating a stream, starting a routing and closing an hour lock the workspace row, so none of them misses
-- another's rows. NO KEY: foreign keys that point at the workspace go on being checked meanwhile.
CREATE FUNCTION log.lock_workspace(p_workspace uuid) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM 1 FROM public.workspace WHERE id = p_workspace FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'log: workspace % does not exist', p_workspace USING ERRCODE = 'foreign_key_violation';
  END IF;
END $$;

CREATE FUNCTION log.is_started(p_lifecycle text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_lifecycle IN ('starting', 'active', 'pausing', 'paused', 'resuming')
$$;

CREATE FUNCTION log.is_running(p_intent text, p_lifecycle text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_intent = 'run' AND p_lifecycle IN ('starting', 'active', 'resuming')
$$;

-- The stream of a workspace and type; made when missing, together with a lane for every started routing.
CREATE FUNCTION log.ensure_stream(p_organization uuid, p_workspace uuid, p_type text) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_id bigint;
BEGIN
  SELECT id INTO v_id FROM log.stream
  WHERE organization_id = p_organization AND workspace_id = p_workspace AND type = p_type AND shard = 0;
  IF FOUND THEN
    RETURN v_id;
  END IF;
  PERFORM log.lock_workspace(p_workspace);
  INSERT INTO log.stream (organization_id, workspace_id, type, closed_through)
  SELECT p_organization, p_workspace, p_type, closed_through FROM log.closing
  ON CONFLICT (workspace_id, type, shard) DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO STRICT v_id FROM log.stream
    WHERE organization_id = p_organization AND workspace_id = p_workspace AND type = p_type AND shard = 0;
    RETURN v_id;
  END IF;
  INSERT INTO public.lane (organization_id, routing_id, stream_id, next, done, running)
  SELECT r.organization_id, r.id, v_id, 0, 0, log.is_running(r.intent, r.lifecycle)
  FROM public.routing r
  WHERE r.organization_id = p_organization AND r.workspace_id = p_workspace
    AND p_type = ANY (r.data_types) AND log.is_started(r.lifecycle);
  RETURN v_id;
END $$;

-- A lane for every stream of the routing's data types that has none; returns the streams that got one.
-- It starts where the routing says, or where p_from ('head' | 'earliest') says.
CREATE FUNCTION log.open_lanes(p_routing uuid, p_from text DEFAULT NULL) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_workspace uuid;
BEGIN
  SELECT workspace_id INTO v_workspace FROM public.routing WHERE id = p_routing;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'log.open_lanes: routing % does not exist', p_routing USING ERRCODE = 'foreign_key_violation';
  END IF;
  PERFORM log.lock_workspace(v_workspace);
  RETURN QUERY
  INSERT INTO public.lane
    (organization_id, routing_id, stream_id, next, done, body_bytes_done, rows_done, running)
  SELECT r.organization_id, r.id, s.id,
    coalesce(kept."offset", s.next_offset), coalesce(kept."offset", s.next_offset),
    coalesce(kept.body_bytes_before, s.body_bytes_total), coalesce(kept.rows_before, s.rows_total),
    log.is_running(r.intent, r.lifecycle)
  FROM public.routing r
  JOIN log.stream s ON s.organization_id = r.organization_id AND s.workspace_id = r.workspace_id
    AND s.type = ANY (r.data_types)
  LEFT JOIN LATERAL (
    SELECT c."offset", c.body_bytes_before, c.rows_before FROM log.chunk c
    WHERE c.stream_id = s.id AND coalesce(p_from, r.start_from) = 'earliest'
    ORDER BY c."offset" LIMIT 1
  ) kept ON true
  WHERE r.id = p_routing
  ON CONFLICT (routing_id, stream_id) DO NOTHING
  RETURNING stream_id;
END $$;

-- Closes the hours of one workspace's streams as far as log.closing says; returns how many streams moved.
-- closed_through never moves back. Waits for locks only briefly: one workspace must not keep all others open.
CREATE FUNCTION log.close_hours(p_workspace uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SET lock_timeout = '1s' AS $$
DECLARE
  v_moved int;
BEGIN
  PERFORM log.lock_workspace(p_workspace);
  PERFORM 1 FROM log.stream WHERE workspace_id = p_workspace ORDER BY id FOR NO KEY UPDATE;
  UPDATE log.stream s SET closed_through = c.closed_through
  FROM log.closing c WHERE s.workspace_id = p_workspace AND s.closed_through < c.closed_through;
  GET DIAGNOSTICS v_moved = ROW_COUNT;
  RETURN v_moved;
END $$;

-- Attaches the missing daily partitions of log.chunk from today (UTC) on; returns their names. A partition is made
-- apart and then attached: CREATE … PARTITION OF would block every append while one reader is open.
CREATE FUNCTION log.attach_partitions(p_days_ahead int) RETURNS text[]
LANGUAGE plpgsql VOLATILE SET lock_timeout = '1s' AS $$
DECLARE
  v_day date;
  v_name text;
  v_attached text[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('log.attach_partitions'));
  FOR v_day IN
    SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(0, p_days_ahead) AS n
  LOOP
    v_name := 'chunk_p' || to_char(v_day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass('log.' || v_name) IS NOT NULL;
    EXECUTE format(
      'CREATE TABLE log.%I (LIKE log.chunk INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', v_name);
    EXECUTE format(
      'ALTER TABLE log.chunk ATTACH PARTITION log.%I FOR VALUES FROM (%L) TO (%L)', v_name, v_day, v_day + 1);
    v_attached := v_attached || v_name;
  END LOOP;
  RETURN v_attached;
END $$;

SELECT log.attach_partitions(2);
