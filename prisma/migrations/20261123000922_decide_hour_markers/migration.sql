-- Records the markers of one hour, all of them or none: false when somebody else has decided that hour before.
-- p_markers is an array of {endpoint, bucket, key, rows, body, state}.
CREATE FUNCTION delivery.decide_hour_markers(p_routing uuid, p_type text, p_hour timestamptz, p_markers jsonb)
RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('sluice.hour_marker'), hashtext(p_routing::text || p_type));
  IF EXISTS (SELECT FROM hour_marker WHERE routing_id = p_routing AND type = p_type AND hour = p_hour) THEN
    RETURN false;
  END IF;
  INSERT INTO hour_marker (organization_id, routing_id, type, hour, endpoint, bucket, key, rows, body, state)
  SELECT r.organization_id, r.id, p_type, p_hour, m.endpoint, m.bucket, m.key, m.rows, m.body, m.state
  FROM routing r, jsonb_to_recordset(p_markers)
    AS m (endpoint text, bucket text, key text, rows bigint, body text, state text)
  WHERE r.id = p_routing;
  RETURN true;
END $$;
