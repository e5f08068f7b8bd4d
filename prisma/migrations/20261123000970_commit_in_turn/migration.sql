-- COMMIT as before, in two statements: whoever holds the cut may be moving it to its next generation. A statement that
-- has waited for the row sees its new generation, but not the files that came with it, and would find none undelivered.
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
      SELECT c.received_min FROM log.chunk c WHERE c.stream_id = l.stream_id AND c."offset" = v_cut.hi + 1),
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
