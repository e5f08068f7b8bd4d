-- A check of one destination version: what it asks, what came of each row, and when it tries again by itself.
CREATE TABLE access_check (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  destination_version int NOT NULL,
  access_kind text NOT NULL CHECK (access_kind IN ('keys', 'role')),
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'passed', 'failed', 'superseded')),
  requested_by text NOT NULL,
  requested_at timestamptz(6) NOT NULL DEFAULT now(),
  -- raised by every claim: what an earlier runner still has to say is not written any more
  round int NOT NULL DEFAULT 0,
  lease_until timestamptz(6),
  started_at timestamptz(6),
  last_tried_at timestamptz(6),
  ended_at timestamptz(6),
  -- since when it tries by itself because a fix was copied, and when it does so next
  copied_at timestamptz(6),
  next_try_at timestamptz(6),
  principal_arn text,
  account_id text CHECK (account_id ~ '^[0-9]{12}$'),
  owner_account_id text CHECK (owner_account_id ~ '^[0-9]{12}$'),
  -- of the object that lies in the bucket; null before, and once it was removed
  test_file_key text,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  FOREIGN KEY (routing_id, destination_version) REFERENCES destination (routing_id, version)
);
CREATE INDEX access_check_routing ON access_check (routing_id, requested_at DESC, id);
CREATE INDEX access_check_due ON access_check (coalesce(next_try_at, requested_at))
  WHERE state = 'running' OR next_try_at IS NOT NULL;
-- One check of a version at a time.
CREATE UNIQUE INDEX access_check_one_open ON access_check (routing_id, destination_version)
  WHERE state IN ('running', 'failed');

CREATE TABLE access_check_row (
  organization_id uuid NOT NULL,
  check_id uuid NOT NULL,
  step text NOT NULL,
  position int NOT NULL,
  -- of the last try; what is due is tried (again) in this round
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'passed', 'failed', 'warning', 'skipped')),
  is_due boolean NOT NULL DEFAULT true,
  tried text,
  found text,
  cause text,
  -- what the fix is filled in with besides the place: no secrets
  facts jsonb NOT NULL DEFAULT '{}',
  http_status int,
  code text,
  message text CHECK (length(message) <= 500),
  request_id text,
  elapsed_ms int,
  tried_at timestamptz(6),
  tries int NOT NULL DEFAULT 0,
  PRIMARY KEY (check_id, step),
  FOREIGN KEY (organization_id, check_id) REFERENCES access_check (organization_id, id) ON DELETE CASCADE
);

-- Ends a round of a check, once: by the runner whose round it is. What passed proves its destination version, and moves
-- a routing that nobody has started; one that runs keeps its lifecycle. The routing is locked before its checks.
-- False when the round is another's by now, or when a row was asked for meanwhile.
CREATE FUNCTION end_access_check(p_check uuid, p_round int, p_state text, p_next_ms bigint, p_actor text)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_routing record;
  v_check record;
  v_lifecycle text;
BEGIN
  SELECT r.id, r.organization_id, r.lifecycle, r.destination_version INTO v_routing
    FROM access_check c JOIN routing r ON r.id = c.routing_id WHERE c.id = p_check FOR NO KEY UPDATE OF r;
  PERFORM 1 FROM access_check WHERE id = p_check FOR UPDATE;
  UPDATE access_check SET state = p_state, lease_until = NULL, last_tried_at = clock_timestamp(),
      ended_at = coalesce(ended_at, clock_timestamp()),
      next_try_at = CASE WHEN p_state = 'failed' AND p_next_ms IS NOT NULL
        THEN clock_timestamp() + p_next_ms * interval '1 ms' END
    WHERE id = p_check AND round = p_round AND state = 'running'
      AND NOT EXISTS (SELECT FROM access_check_row WHERE check_id = p_check AND is_due)
    RETURNING destination_version, owner_account_id INTO v_check;
  IF NOT FOUND THEN RETURN false; END IF;
  IF p_state = 'passed' THEN
    UPDATE destination SET verified_at = clock_timestamp(),
        owner_account_id = coalesce(owner_account_id, v_check.owner_account_id)
      WHERE routing_id = v_routing.id AND version = v_check.destination_version;
  END IF;
  v_lifecycle := CASE p_state WHEN 'passed' THEN 'verified' ELSE 'verification_failed' END;
  IF v_routing.lifecycle IN ('draft', 'verifying', 'verified', 'verification_failed')
      AND v_routing.lifecycle <> v_lifecycle AND v_routing.destination_version = v_check.destination_version THEN
    UPDATE routing SET lifecycle = v_lifecycle, state_since = clock_timestamp() WHERE id = v_routing.id;
    INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor)
      VALUES (v_routing.organization_id, v_routing.id, v_routing.lifecycle, v_lifecycle,
        CASE p_state WHEN 'passed' THEN 'check.passed' ELSE 'check.failed' END, p_actor);
  END IF;
  RETURN true;
END $$;
