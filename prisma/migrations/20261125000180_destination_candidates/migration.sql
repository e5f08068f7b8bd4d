-- A changed destination of a routing that runs is a candidate first: checked beside the version in use, which goes on
-- delivering. It is adopted when its check passes, or dropped; a routing has one at a time.
ALTER TABLE destination ADD COLUMN dropped_at timestamptz(6);
COMMENT ON COLUMN destination.dropped_at IS 'A candidate that was never adopted and will not be';
CREATE UNIQUE INDEX destination_candidate ON destination (routing_id) WHERE adopted_at IS NULL AND dropped_at IS NULL;

-- Raises every epoch of a routing's lanes, so that no seal decided before this commit lands after it, and ends their
-- back-off. A lane whose type was taken out runs only until its open cut is committed. Holds are cleared on demand, save
-- those whose open cut has chunks that are no longer kept. Everybody locks lanes in the order of their ids.
CREATE FUNCTION fence_lanes(p_routing uuid, p_clear_hold boolean) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM 1 FROM lane WHERE routing_id = p_routing ORDER BY id FOR NO KEY UPDATE;
  UPDATE lane l SET epoch = l.epoch + 1, not_before = NULL, failures = 0,
    running = delivery.may_write(r.intent, r.lifecycle, r.drain_until) AND (s.type = ANY (r.data_types) OR l.next > l.done),
    held_cause = CASE WHEN p_clear_hold AND NOT (l.held_cause = 'chunk_missing' AND (
      SELECT count(*) FROM log.chunk c WHERE c.stream_id = l.stream_id AND c."offset" >= l.done AND c."offset" < l.next
    ) < l.next - l.done) THEN NULL ELSE l.held_cause END
  FROM routing r, log.stream s
  WHERE l.routing_id = p_routing AND r.id = l.routing_id AND s.id = l.stream_id;
END $$;

-- Makes a candidate the version in use, and lets every lane try with it at once. False, with nothing changed, for what is
-- no candidate (any more), whose access was erased or is compromised, and for a routing that has ended.
CREATE FUNCTION adopt_destination(p_routing uuid, p_version int, p_actor text, p_detail jsonb DEFAULT '{}')
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_routing record;
BEGIN
  SELECT organization_id, destination_version, lifecycle INTO v_routing
    FROM routing WHERE id = p_routing FOR NO KEY UPDATE;
  IF v_routing.lifecycle IN ('disabled', 'archived') THEN RETURN false; END IF;
  UPDATE destination d SET adopted_at = clock_timestamp() FROM credential c
    WHERE d.routing_id = p_routing AND d.version = p_version AND d.adopted_at IS NULL AND d.dropped_at IS NULL
      AND c.organization_id = d.organization_id AND c.id = d.credential_id
      AND c.erased_at IS NULL AND c.compromised_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE routing SET destination_version = p_version, version = version + 1, updated_at = now() WHERE id = p_routing;
  PERFORM fence_lanes(p_routing, true);
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
    VALUES (v_routing.organization_id, p_actor, 'destination.adopt', 'routing:' || p_routing,
      p_detail || jsonb_build_object('destinationVersion', p_version,
        'destinationVersion.before', v_routing.destination_version));
  RETURN true;
END $$;

-- As before, but a candidate is what is marked as one.
CREATE OR REPLACE FUNCTION is_place_in_use(p_routing uuid, p_endpoint text, p_bucket text, p_prefix text)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
      SELECT FROM destination d JOIN routing r ON r.id = d.routing_id
      WHERE d.routing_id = p_routing AND r.lifecycle <> 'archived' AND (d.endpoint, d.bucket, d.prefix) = (p_endpoint, p_bucket, p_prefix)
        AND (d.version = r.destination_version OR d.adopted_at IS NULL AND d.dropped_at IS NULL))
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
