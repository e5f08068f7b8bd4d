ALTER TABLE routing
  -- whether a file says of each closed hour that it is complete; written by the routing verbs (web)
  ADD COLUMN hour_markers boolean NOT NULL DEFAULT false,
  -- since when it is so; null while it is not
  ADD COLUMN hour_markers_since timestamptz(6);

-- An hour's marker, decided once when everything of the hour is in the bucket and never changed afterwards: every try
-- by any worker sends the same bytes. An hour whose files went to two places has one in each.
CREATE TABLE hour_marker (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  type text NOT NULL,
  hour timestamptz(6) NOT NULL,
  endpoint text NOT NULL,
  bucket text NOT NULL,
  key text NOT NULL,
  rows bigint NOT NULL,
  body text NOT NULL,
  -- pending → written | conflict (another object has the key); skipped: the log does not know the hour, nothing is
  -- written; by the worker
  state text NOT NULL CHECK (state IN ('pending', 'written', 'conflict', 'skipped')),
  decided_at timestamptz(6) NOT NULL DEFAULT now(),
  written_at timestamptz(6),
  failures int NOT NULL DEFAULT 0,
  not_before timestamptz(6),
  cause text,
  lease_until timestamptz(6),
  in_flight_until timestamptz(6),
  http_status int,
  code text,
  request_id text,
  UNIQUE (routing_id, type, hour, endpoint, bucket, key),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX hour_marker_pending ON hour_marker (routing_id, hour) WHERE state = 'pending';
CREATE INDEX routing_hour_markers ON routing (id) WHERE hour_markers;
