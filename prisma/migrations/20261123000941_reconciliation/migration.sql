-- A reconciliation: what the ledger says was delivered in a range of hours, held against the customer's bucket and
-- against the log. It only reads there; what it finds is written down here and kept for 30 days.
CREATE TABLE reconciliation (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  from_hour timestamptz(6) NOT NULL,
  to_hour timestamptz(6) NOT NULL,
  -- who asked for it; 'sluice' for the daily one
  actor text NOT NULL,
  -- running → done | failed; written by the worker
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  -- written by the worker: tries in a row that failed, until when it waits and why
  failures int NOT NULL DEFAULT 0,
  not_before timestamptz(6),
  held_cause text,
  -- avoids doubled effort; what is recorded moves by compare-and-set on the step's cursor
  lease_until timestamptz(6),
  started_at timestamptz(6) NOT NULL DEFAULT now(),
  ended_at timestamptz(6),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK (from_hour < to_hour)
);
CREATE UNIQUE INDEX reconciliation_one_running ON reconciliation (routing_id) WHERE state = 'running';
CREATE INDEX reconciliation_routing ON reconciliation (routing_id, started_at DESC, id);
CREATE INDEX reconciliation_started ON reconciliation (started_at);

-- What a reconciliation looks at, one after the other, in pages: 'log' compares what collectors accepted with the chunks
-- of a lane's stream, 'ledger' a lane's cuts with one another and with their files, 'bucket' the files of one type and
-- place with the objects there.
CREATE TABLE reconciliation_step (
  reconciliation_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  position int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('log', 'ledger', 'bucket')),
  lane_id bigint REFERENCES lane (id) ON DELETE CASCADE,
  type text NOT NULL,
  endpoint text,
  bucket text,
  -- of the place: what the objects' keys start with, and the bounds of the range among them
  folder text,
  key_after text,
  key_until text,
  -- how the bucket is looked at: by listing it, or by a HEAD of each file where listing is not allowed
  method text NOT NULL DEFAULT 'list' CHECK (method IN ('list', 'head')),
  -- how far it is: an hour, or a key; written by the worker
  cursor text,
  is_done boolean NOT NULL DEFAULT false,
  files int NOT NULL DEFAULT 0,
  objects int NOT NULL DEFAULT 0,
  found int NOT NULL DEFAULT 0,
  PRIMARY KEY (reconciliation_id, position),
  FOREIGN KEY (organization_id, reconciliation_id) REFERENCES reconciliation (organization_id, id) ON DELETE CASCADE,
  CHECK ((kind = 'bucket') = (bucket IS NOT NULL AND endpoint IS NOT NULL AND folder IS NOT NULL)),
  CHECK ((kind = 'bucket') = (lane_id IS NULL))
);

CREATE TABLE reconciliation_finding (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  reconciliation_id uuid NOT NULL,
  kind text NOT NULL,
  -- what it is about, in words or as a key: unique, so that a page looked at twice finds nothing twice
  subject text NOT NULL,
  bucket text,
  key text,
  -- our record of it, where there is one
  file_id uuid,
  type text NOT NULL,
  hour timestamptz(6),
  rows bigint,
  detail jsonb NOT NULL DEFAULT '{}',
  at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (reconciliation_id, kind, subject),
  FOREIGN KEY (organization_id, reconciliation_id) REFERENCES reconciliation (organization_id, id) ON DELETE CASCADE
);

-- What a key starts with up to the partition, of a key that delivery made.
CREATE FUNCTION delivery.prefix_of_key(p_key text, p_type text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(p_key, 'type=' || p_type || '/(year=\d{4}/month=\d{2}/day=\d{2}/hour=\d{2}/)?[^/]*$', '')
$$;

-- Records a reconciliation with its steps. Places are where the routing delivers now and where files of the range lie.
CREATE FUNCTION delivery.open_reconciliation(
  p_id uuid, p_routing uuid, p_from timestamptz, p_to timestamptz, p_actor text
) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_organization uuid;
BEGIN
  INSERT INTO reconciliation (id, organization_id, routing_id, from_hour, to_hour, actor)
  SELECT p_id, r.organization_id, r.id, p_from, p_to, p_actor FROM routing r WHERE r.id = p_routing
  RETURNING organization_id INTO STRICT v_organization;
  INSERT INTO reconciliation_step (reconciliation_id, organization_id, position, kind, lane_id, type)
  SELECT p_id, v_organization, row_number() OVER (ORDER BY k.kind DESC, l.id), k.kind, l.id, s.type
  FROM lane l JOIN log.stream s ON s.id = l.stream_id CROSS JOIN (VALUES ('log'), ('ledger')) AS k (kind)
  WHERE l.routing_id = p_routing;
  INSERT INTO reconciliation_step (reconciliation_id, organization_id, position, kind, type, endpoint, bucket, folder,
    key_after, key_until)
  SELECT p_id, v_organization, 1000 + row_number() OVER (ORDER BY p.type, p.endpoint, p.bucket, p.prefix), 'bucket',
    p.type, p.endpoint, p.bucket, p.prefix || 'type=' || p.type || '/',
    p.prefix || 'type=' || p.type || '/' || to_char(p_from AT TIME ZONE 'UTC', f.format),
    p.prefix || 'type=' || p.type || '/' || to_char(p_to AT TIME ZONE 'UTC', f.format)
  FROM (
    SELECT unnest(r.data_types) AS type, d.endpoint, d.bucket, d.prefix
    FROM routing r JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version WHERE r.id = p_routing
    UNION
    SELECT f.type, f.endpoint, f.bucket, delivery.prefix_of_key(f.key, f.type) FROM file f
    WHERE f.routing_id = p_routing AND f.hour >= p_from AND f.hour < p_to
    UNION
    SELECT f.type, f.endpoint, f.bucket, delivery.prefix_of_key(f.key, f.type) FROM file f
    WHERE f.routing_id = p_routing AND f.type = 'segment' AND f.received_min >= p_from - interval '1 day'
      AND f.received_min < p_to
  ) p
  CROSS JOIN LATERAL (SELECT CASE WHEN p.type = 'segment' THEN 'YYYY-MM-DD"T"HH24:MI:SS'
    ELSE '"year="YYYY"/month="MM"/day="DD"/hour="HH24' END AS format) f;
END $$;

-- Since when the log has every chunk it was given: the first day whose partition is still attached.
CREATE FUNCTION log.kept_since() RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT coalesce(min(to_date(right(c.relname, 8), 'YYYYMMDD')), 'infinity')::timestamp AT TIME ZONE 'UTC'
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'log.chunk'::regclass AND NOT i.inhdetachpending AND c.relname ~ '^chunk_p\d{8}$'
$$;

-- The chunks that are there of a stream's closed hours in [p_from, p_to), beside what was accepted. Holes are offsets
-- between an hour's first and last chunk that nobody holds: {lo, hi, rows}.
CREATE FUNCTION log.check_hours(p_stream bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (hour timestamptz, accepted bigint, chunk_rows bigint, holes jsonb)
LANGUAGE sql STABLE AS $$
  SELECT h.hour, coalesce(a.rows, t.rows, 0), coalesce(k.rows, 0)::bigint, coalesce(k.holes, '[]')
  FROM log.stream s
  CROSS JOIN generate_series(p_from, p_to - interval '1 hour', '1 hour') AS h (hour)
  LEFT JOIN log.hours(p_stream, p_from, p_to) t ON t.hour = h.hour
  LEFT JOIN log.accepted_hours(p_stream, p_from, p_to) a ON a.hour = h.hour
  LEFT JOIN LATERAL (
    SELECT sum(c.rows) FILTER (WHERE c.hour = h.hour) AS rows,
      jsonb_agg(jsonb_build_object('lo', c.previous + 1, 'hi', c."offset" - 1, 'rows', c.rows_before - c.rows_until))
        FILTER (WHERE c.previous < c."offset" - 1) AS holes
    FROM (
      SELECT c.*, lag(c."offset", 1, t.first_offset - 1) OVER w AS previous,
        lag(c.rows_before + c.rows, 1, c.rows_before) OVER w AS rows_until
      FROM log.chunk c WHERE c.stream_id = p_stream AND c."offset" BETWEEN t.first_offset AND t.last_offset
      WINDOW w AS (ORDER BY c."offset")
    ) c
  ) k ON true
  WHERE s.id = p_stream AND h.hour >= log.kept_since() AND h.hour + interval '1 hour' <= s.closed_through
  ORDER BY h.hour
$$;

-- What does not fit in a lane's cuts over the offsets of the hours [p_from, p_to): offsets below "done" in no cut, gap or
-- jump; offsets in two cuts; cuts whose rows are not those of their files and what they set aside.
CREATE FUNCTION delivery.check_ledger(p_lane bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (kind text, lo bigint, hi bigint, cut_id bigint, rows bigint, files_rows bigint)
LANGUAGE sql STABLE AS $$
  WITH bounds AS (
    SELECT l.id, min(h.first_offset) AS lo, least(max(h.last_offset), l.done - 1) AS hi
    FROM lane l CROSS JOIN LATERAL log.hours(l.stream_id, p_from, p_to) h WHERE l.id = p_lane GROUP BY l.id
  ), cuts AS (
    SELECT c.* FROM bounds b JOIN cut c ON c.lane_id = b.id WHERE c.hi >= b.lo AND c.lo <= b.hi
  ), covered AS (
    SELECT range_agg(r.range) AS ranges FROM (
      SELECT int8range(c.lo, c.hi + 1) AS range FROM cuts c
      UNION ALL SELECT int8range(g.lo, g.hi + 1) FROM gap g WHERE g.lane_id = p_lane
      UNION ALL SELECT int8range(o.lo, o.hi + 1) FROM lane_left_out o WHERE o.lane_id = p_lane
    ) r
  )
  SELECT 'offsets_uncut', lower(x), upper(x) - 1, NULL::bigint, NULL::bigint, NULL::bigint
  FROM bounds b CROSS JOIN covered v CROSS JOIN LATERAL unnest(
    int8multirange(int8range(b.lo, b.hi + 1)) - coalesce(v.ranges, int8multirange())) AS x
  WHERE b.hi >= b.lo
  UNION ALL
  SELECT 'offsets_twice', c.lo, least(c.hi, c.until), c.id, NULL, NULL
  FROM (SELECT c.id, c.lo, c.hi, max(c.hi) OVER (ORDER BY c.lo, c.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
    FROM cuts c) c
  WHERE c.until >= c.lo
  UNION ALL
  SELECT 'rows_differ', c.lo, c.hi, c.id, c.rows, f.rows + a.rows
  FROM cuts c
  CROSS JOIN LATERAL (SELECT coalesce(sum(f.rows), 0)::bigint AS rows FROM file f
    WHERE f.cut_id = c.id AND f.state <> 'released') f
  CROSS JOIN LATERAL (SELECT coalesce(sum(a.rows), 0)::bigint AS rows FROM cut_set_aside a WHERE a.cut_id = c.id) a
  WHERE c.state = 'committed' AND c.rows <> f.rows + a.rows
$$;
