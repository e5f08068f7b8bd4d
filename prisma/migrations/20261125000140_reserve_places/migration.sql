-- Whose proven place would mix its files with those of a routing here: the same prefix, or one inside a folder that the
-- other writes (type=, _sluice/, _replay/; everything else there is the customer's). No row: nobody's. Holds the bucket
-- until the transaction ends; who locks a routing as well does so before.
CREATE FUNCTION find_place_conflict(
  p_organization uuid, p_routing uuid, p_endpoint text, p_bucket text, p_prefix text
) RETURNS TABLE (is_own boolean, routing_name text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('place ' || p_endpoint || ' ' || p_bucket, 0));
  RETURN QUERY
    SELECT p.organization_id = p_organization, r.name
    FROM place_reservation p JOIN routing r ON r.id = p.routing_id
    WHERE p.endpoint = p_endpoint AND p.bucket = p_bucket AND p.routing_id <> p_routing
      AND (p.prefix = p_prefix OR EXISTS (
        SELECT FROM unnest(ARRAY['type=', '_sluice/', '_replay/']) folder
        WHERE starts_with(p.prefix, p_prefix || folder) OR starts_with(p_prefix, p.prefix || folder)))
    ORDER BY p.organization_id = p_organization DESC, p.reserved_at LIMIT 1;
END $$;

-- Keeps a proven place for its routing; returns the conflict instead where there is one.
CREATE FUNCTION reserve_place(
  p_organization uuid, p_routing uuid, p_endpoint text, p_bucket text, p_prefix text
) RETURNS TABLE (is_own boolean, routing_name text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY SELECT * FROM find_place_conflict(p_organization, p_routing, p_endpoint, p_bucket, p_prefix);
  IF FOUND THEN RETURN; END IF;
  INSERT INTO place_reservation (endpoint, bucket, prefix, organization_id, routing_id)
    VALUES (p_endpoint, p_bucket, p_prefix, p_organization, p_routing) ON CONFLICT DO NOTHING;
END $$;

-- Whether a routing may still write to a place: it is that of the version that delivers, or of the newest candidate, or
-- something that was sealed, replayed or marked for it is not in the bucket yet.
CREATE FUNCTION is_place_in_use(p_routing uuid, p_endpoint text, p_bucket text, p_prefix text)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
      SELECT FROM destination d JOIN routing r ON r.id = d.routing_id
      WHERE d.routing_id = p_routing AND r.lifecycle <> 'archived' AND (d.endpoint, d.bucket, d.prefix) = (p_endpoint, p_bucket, p_prefix)
        AND (d.version = r.destination_version OR d.version > r.destination_version AND d.version = (
          SELECT max(n.version) FROM destination n WHERE n.routing_id = p_routing)))
    OR EXISTS (
      SELECT FROM lane l JOIN cut c ON c.lane_id = l.id AND c.state = 'sealed' JOIN file f ON f.cut_id = c.id
      WHERE l.routing_id = p_routing AND f.state <> 'delivered' AND f.endpoint = p_endpoint AND f.bucket = p_bucket
        AND starts_with(f.key, p_prefix))
    OR EXISTS (
      SELECT FROM replay p JOIN replay_file f ON f.replay_id = p.id
      WHERE p.routing_id = p_routing AND f.state = 'pending' AND f.endpoint = p_endpoint AND f.bucket = p_bucket
        AND starts_with(f.key, p_prefix))
    OR EXISTS (
      SELECT FROM hour_marker m
      WHERE m.routing_id = p_routing AND m.state = 'pending' AND m.endpoint = p_endpoint AND m.bucket = p_bucket
        AND starts_with(m.key, p_prefix))
$$;

-- Gives places back to which their routing does not write any more. Each is looked at again under its bucket's lock: a
-- check may prove it anew meanwhile.
CREATE FUNCTION release_left_places() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_place record;
  v_released bigint := 0;
BEGIN
  FOR v_place IN
    SELECT * FROM place_reservation p WHERE NOT is_place_in_use(p.routing_id, p.endpoint, p.bucket, p.prefix)
    ORDER BY p.endpoint, p.bucket, p.prefix LIMIT 100
  LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('place ' || v_place.endpoint || ' ' || v_place.bucket, 0));
    DELETE FROM place_reservation p
      WHERE (p.endpoint, p.bucket, p.prefix, p.routing_id)
          = (v_place.endpoint, v_place.bucket, v_place.prefix, v_place.routing_id)
        AND NOT is_place_in_use(p.routing_id, p.endpoint, p.bucket, p.prefix);
    IF FOUND THEN v_released := v_released + 1; END IF;
  END LOOP;
  RETURN v_released;
END $$;
