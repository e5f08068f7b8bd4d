-- A quiet routing proves its access by a small conditional PUT under _sluice/ at most hourly.

-- people's switch; written by the routing verbs
ALTER TABLE routing ADD COLUMN access_probe boolean NOT NULL DEFAULT true;

-- What probing knows about a routing; written by the worker only.
CREATE TABLE access_proof (
  routing_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  -- what follows was learnt of this version; another one begins anew
  destination_version int NOT NULL,
  proven_at timestamptz(6),
  -- not probed before
  due_at timestamptz(6) NOT NULL,
  -- probes in a row that did not go well, and those of them that were refused without a reason
  failures int NOT NULL DEFAULT 0,
  denials int NOT NULL DEFAULT 0,
  first_denied_at timestamptz(6),
  -- versioned: every probe would leave a version for good, so there is no other one
  stopped_cause text CHECK (stopped_cause IN ('versioned')),
  -- the probe's object that may still lie in the bucket
  object_key text,
  UNIQUE (organization_id, routing_id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);

-- The probes themselves, as attempts are of files. No event is in them, and no receipt counts them.
CREATE TABLE access_probe (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  destination_version int NOT NULL,
  worker_id text NOT NULL,
  marked_at timestamptz(6) NOT NULL DEFAULT now(),
  ended_at timestamptz(6),
  -- null while open; done | refused | unknown, as of attempts
  outcome text CHECK (outcome IN ('done', 'refused', 'unknown')),
  http_status int,
  code text,
  request_id text,
  message text,
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX access_probe_routing ON access_probe (routing_id, ended_at);
CREATE INDEX access_probe_marked ON access_probe (marked_at);
