-- Gaps are asked for by the file that was given up.
CREATE INDEX gap_file ON gap (file_id) WHERE file_id IS NOT NULL;

-- As before; but rows of files that were given up are a gap's, and not missing from their cut.
CREATE OR REPLACE FUNCTION delivery.check_ledger(p_lane bigint, p_from timestamptz, p_to timestamptz)
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
  SELECT 'rows_differ', c.lo, c.hi, c.id, c.rows, f.rows + a.rows + g.rows
  FROM cuts c
  CROSS JOIN LATERAL (SELECT coalesce(sum(f.rows), 0)::bigint AS rows FROM file f
    WHERE f.cut_id = c.id AND f.state <> 'released') f
  CROSS JOIN LATERAL (SELECT coalesce(sum(a.rows), 0)::bigint AS rows FROM cut_set_aside a WHERE a.cut_id = c.id) a
  CROSS JOIN LATERAL (SELECT coalesce(sum(g.rows), 0)::bigint AS rows FROM gap g JOIN file x ON x.id = g.file_id
    WHERE x.cut_id = c.id AND g.lane_id = p_lane) g
  WHERE c.state = 'committed' AND c.rows <> f.rows + a.rows + g.rows
$$;
