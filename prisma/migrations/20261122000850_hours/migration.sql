-- Hours and their receipts: what was accepted comes from the log, where it is from the ledger. Two sources that must agree.

-- Totals of a stream's hours. Chunks are added in the order of their offsets up to hour_cursor.next, so none counts
-- twice and no append pays for an index by hour; the few chunks from there on are added when somebody asks.
ALTER TABLE log.hour_total
  -- offsets of the hour's first and last chunk; chunks of other hours may lie between
  ADD COLUMN first_offset bigint NOT NULL,
  ADD COLUMN last_offset bigint NOT NULL;

CREATE TABLE log.hour_cursor (
  stream_id bigint PRIMARY KEY REFERENCES log.stream (id),
  -- offset of the first chunk that is not yet in hour_total
  next bigint NOT NULL DEFAULT 0,
  -- hours before this one are not known: chunks of them were gone before they were counted
  since timestamptz(6) NOT NULL DEFAULT '-infinity',
  -- how far the stream was closed when everything was last counted
  closed_through timestamptz(6) NOT NULL DEFAULT '-infinity'
);

-- Adds at most p_chunks chunks to the hours of a stream; returns how many it added. Takes no lock that an append needs.
CREATE FUNCTION log.count_hours(p_stream bigint, p_chunks int) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_cursor log.hour_cursor;
  v_head log.stream;
  v_first bigint;
  v_first_hour timestamptz;
  v_last bigint;
  v_counted int;
BEGIN
  INSERT INTO log.hour_cursor (stream_id) VALUES (p_stream) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT v_cursor FROM log.hour_cursor WHERE stream_id = p_stream FOR UPDATE;
  -- Read before the chunks: an hour that is closed now has every chunk below this head.
  SELECT * INTO STRICT v_head FROM log.stream WHERE id = p_stream;
  SELECT k."offset", k.hour INTO v_first, v_first_hour FROM log.chunk k
  WHERE k.stream_id = p_stream AND k."offset" >= v_cursor.next ORDER BY k."offset" LIMIT 1;
  IF coalesce(v_first, v_head.next_offset) > v_cursor.next THEN
    v_cursor.since := coalesce(v_first_hour, date_trunc('hour', now(), 'UTC')) + interval '1 hour';
    v_cursor.next := coalesce(v_first, v_head.next_offset);
  END IF;
  WITH page AS (
    SELECT k."offset", k.hour, k.rows, k.raw_bytes FROM log.chunk k
    WHERE k.stream_id = p_stream AND k."offset" >= v_cursor.next ORDER BY k."offset" LIMIT p_chunks
  ), added AS (
    INSERT INTO log.hour_total AS t (stream_id, hour, rows, raw_bytes, first_offset, last_offset)
    SELECT p_stream, hour, sum(rows), sum(raw_bytes), min("offset"), max("offset") FROM page GROUP BY hour
    ON CONFLICT (stream_id, hour) DO UPDATE SET rows = t.rows + excluded.rows,
      raw_bytes = t.raw_bytes + excluded.raw_bytes, last_offset = excluded.last_offset
  )
  SELECT max("offset"), count(*) INTO v_last, v_counted FROM page;
  UPDATE log.hour_cursor SET next = coalesce(v_last + 1, v_cursor.next), since = v_cursor.since,
    closed_through = CASE WHEN v_counted < p_chunks THEN v_head.closed_through ELSE closed_through END
  WHERE stream_id = p_stream;
  RETURN v_counted;
END $$;

-- The hours of a stream that start in [p_from, p_to) and have chunks, as of the caller's snapshot.
CREATE FUNCTION log.hours(p_stream bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (hour timestamptz, rows bigint, first_offset bigint, last_offset bigint)
LANGUAGE sql STABLE AS $$
  SELECT u.hour, sum(u.rows)::bigint, min(u.first_offset), max(u.last_offset)
  FROM (
    SELECT t.hour, t.rows, t.first_offset, t.last_offset FROM log.hour_total t
    WHERE t.stream_id = p_stream AND t.hour >= p_from AND t.hour < p_to
    UNION ALL
    SELECT k.hour, k.rows, k."offset", k."offset" FROM log.chunk k
    WHERE k.stream_id = p_stream AND k.hour >= p_from AND k.hour < p_to
      AND k."offset" >= coalesce((SELECT c.next FROM log.hour_cursor c WHERE c.stream_id = p_stream), 0)
  ) u
  GROUP BY u.hour
$$;

-- Rows of one hour that the log still has in the offsets p_lo … p_hi, both inclusive.
CREATE FUNCTION log.rows_of_hour(p_stream bigint, p_hour timestamptz, p_lo bigint, p_hi bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(k.rows), 0)::bigint FROM log.chunk k
  WHERE k.stream_id = p_stream AND k."offset" BETWEEN p_lo AND p_hi AND k.hour = p_hour
$$;

-- What a lane does not carry of its stream: what came before it began, and what came while its type was not wanted.
-- Offsets are inclusive. Of the hours in [from_hour, to_hour) it carries only what it has delivered all the same.
CREATE TABLE lane_left_out (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane_id bigint NOT NULL REFERENCES lane (id) ON DELETE CASCADE,
  lo bigint NOT NULL,
  hi bigint NOT NULL,
  from_hour timestamptz(6) NOT NULL,
  to_hour timestamptz(6) NOT NULL,
  CHECK (lo <= hi + 1)
);
CREATE INDEX lane_left_out_lane ON lane_left_out (lane_id);
-- The rows left out of hours that lie only partly in it, or that were open at the time.
CREATE TABLE lane_left_out_hour (
  left_out_id bigint NOT NULL REFERENCES lane_left_out (id) ON DELETE CASCADE,
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  PRIMARY KEY (left_out_id, hour)
);

-- A recorded loss: chunks that the log no longer keeps and behind which a lane goes on. Offsets are inclusive.
CREATE TABLE gap (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  lane_id bigint NOT NULL REFERENCES lane (id),
  lo bigint NOT NULL,
  hi bigint NOT NULL,
  rows bigint NOT NULL,
  at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (lane_id, lo),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK (lo <= hi)
);
CREATE TABLE gap_hour (
  gap_id bigint NOT NULL REFERENCES gap (id),
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  PRIMARY KEY (gap_id, hour)
);

-- Rows per hour of the offsets p_lo … p_hi over which a lane without an open cut jumps. The chunks may be gone: of an
-- hour that lies there only partly it is what was neither accounted for before nor is kept behind.
CREATE FUNCTION delivery.rows_jumped(p_lane bigint, p_lo bigint, p_hi bigint)
RETURNS TABLE (hour timestamptz, rows bigint, is_whole boolean)
LANGUAGE sql STABLE AS $$
  SELECT h.hour, h.rows - before.rows - log.rows_of_hour(l.stream_id, h.hour, p_hi + 1, h.last_offset),
    h.first_offset >= p_lo AND h.last_offset <= p_hi
  FROM lane l
  CROSS JOIN LATERAL log.hours(l.stream_id, '-infinity', 'infinity') h
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(u.rows), 0)::bigint AS rows FROM (
      SELECT x.rows FROM lane_left_out o JOIN lane_left_out_hour x ON x.left_out_id = o.id
      WHERE o.lane_id = l.id AND x.hour = h.hour
      UNION ALL
      SELECT x.rows FROM gap g JOIN gap_hour x ON x.gap_id = g.id WHERE g.lane_id = l.id AND x.hour = h.hour
      UNION ALL
      SELECT a.rows FROM cut_set_aside a JOIN cut c ON c.id = a.cut_id
      WHERE a.routing_id = l.routing_id AND a.hour = h.hour AND c.lane_id = l.id
      UNION ALL
      SELECT f.rows FROM file f JOIN cut c ON c.id = f.cut_id
      WHERE f.routing_id = l.routing_id AND c.lane_id = l.id AND f.state = 'delivered'
        AND (f.hour = h.hour OR (f.hour IS NULL AND date_trunc('hour', f.received_min, 'UTC') = h.hour))
    ) u WHERE h.first_offset < p_lo
  ) before
  WHERE l.id = p_lane AND h.first_offset <= p_hi AND h.last_offset >= p_lo
$$;

CREATE FUNCTION delivery.record_left_out(p_lane bigint, p_lo bigint, p_hi bigint, p_from_hour timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_left_out bigint;
BEGIN
  INSERT INTO lane_left_out (lane_id, lo, hi, from_hour, to_hour)
  SELECT l.id, p_lo, p_hi, p_from_hour, least(date_trunc('hour', now(), 'UTC'), (
    SELECT k.hour FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = p_hi + 1))
  FROM lane l WHERE l.id = p_lane
  RETURNING id INTO v_left_out;
  INSERT INTO lane_left_out_hour (left_out_id, hour, rows)
  SELECT v_left_out, j.hour, j.rows
  FROM delivery.rows_jumped(p_lane, p_lo, p_hi) j, lane l JOIN log.stream s ON s.id = l.stream_id
  WHERE l.id = p_lane AND (NOT j.is_whole OR j.hour >= s.closed_through);
END $$;

-- Records a loss; the caller has set the lane behind p_hi.
CREATE FUNCTION delivery.record_gap(p_lane bigint, p_lo bigint, p_hi bigint, p_rows bigint) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_gap bigint;
BEGIN
  INSERT INTO gap (organization_id, routing_id, lane_id, lo, hi, rows)
  SELECT l.organization_id, l.routing_id, l.id, p_lo, p_hi, p_rows FROM lane l WHERE l.id = p_lane
  RETURNING id INTO v_gap;
  INSERT INTO gap_hour (gap_id, hour, rows)
  SELECT v_gap, j.hour, j.rows FROM delivery.rows_jumped(p_lane, p_lo, p_hi) j;
END $$;

-- Triggers, because lanes are made and moved in several places and none of them may forget it.
CREATE FUNCTION delivery.on_lane_made() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM delivery.record_left_out(NEW.id, 0, NEW.next - 1, '-infinity');
  RETURN NULL;
END $$;
CREATE TRIGGER lane_made AFTER INSERT ON lane FOR EACH ROW EXECUTE FUNCTION delivery.on_lane_made();

CREATE FUNCTION delivery.on_lane_jumped() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM delivery.record_left_out(NEW.id, OLD.next, NEW.next - 1, coalesce(
    (SELECT k.hour FROM log.chunk k WHERE k.stream_id = NEW.stream_id AND k."offset" = OLD.next),
    (SELECT max(h.hour) FROM log.hours(NEW.stream_id, '-infinity', 'infinity') h WHERE h.first_offset <= OLD.next),
    date_trunc('hour', now(), 'UTC')));
  RETURN NULL;
END $$;
-- COMMIT moves "done" up to "next", SEAL moves "next" alone; both at once is a jump. One over missing chunks is a gap,
-- and its own function records it.
CREATE TRIGGER lane_jumped AFTER UPDATE ON lane
  FOR EACH ROW WHEN (OLD.next = OLD.done AND NEW.done > OLD.done AND NEW.held_cause IS DISTINCT FROM 'chunk_missing')
  EXECUTE FUNCTION delivery.on_lane_jumped();

-- Lanes that exist already began where their first cut does.
INSERT INTO lane_left_out (lane_id, lo, hi, from_hour, to_hour)
SELECT l.id, 0, coalesce((SELECT min(c.lo) FROM cut c WHERE c.lane_id = l.id), l.next) - 1, '-infinity',
  coalesce((
    SELECT date_trunc('hour', min(f.received_min), 'UTC') FROM file f JOIN cut c ON c.id = f.cut_id
    WHERE c.lane_id = l.id), date_trunc('hour', now(), 'UTC'))
FROM lane l;
INSERT INTO lane_left_out_hour (left_out_id, hour, rows)
SELECT o.id, k.hour, sum(k.rows)
FROM lane l JOIN lane_left_out o ON o.lane_id = l.id JOIN log.chunk k ON k.stream_id = l.stream_id
WHERE k."offset" <= o.hi AND k.hour >= o.to_hour GROUP BY o.id, k.hour;

-- Newest files of one type: of a type that comes once a day, too.
CREATE INDEX file_routing_type_delivered ON file (routing_id, type, delivered_at DESC, id) WHERE state = 'delivered';
