-- Tenancy: every tenant table carries organization_id and points at its parent through
-- (organization_id, id), so a row can never hang under another organization's parent.

CREATE TABLE organization (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now()
);

CREATE TABLE workspace (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organization (id),
  name text NOT NULL,
  alias_namespace uuid NOT NULL DEFAULT gen_random_uuid(),
  undelivered_bytes_max bigint NOT NULL DEFAULT 10737418240,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  deleted_at timestamptz(6),
  UNIQUE (organization_id, id)
);

CREATE TABLE api_key (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('browser', 'server')),
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  last4 text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  revoked_at timestamptz(6),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES workspace (organization_id, id)
);

CREATE TABLE "user" (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid REFERENCES organization (id),
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'technical_services', 'ops', 'customer_admin', 'customer_viewer')),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  disabled_at timestamptz(6),
  CHECK ((role IN ('customer_admin', 'customer_viewer')) = (organization_id IS NOT NULL))
);

CREATE TABLE session (
  jti uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES "user" (id),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(6) NOT NULL DEFAULT now(),
  expires_at timestamptz(6) NOT NULL,
  revoked_at timestamptz(6),
  user_agent text NOT NULL DEFAULT ''
);
CREATE INDEX session_user_id ON session (user_id);

CREATE TABLE rate_limit (
  subject text NOT NULL,
  window_start timestamptz(6) NOT NULL,
  hits int NOT NULL,
  PRIMARY KEY (subject, window_start)
);

CREATE TABLE api_token (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES "user" (id),
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  last4 text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  expires_at timestamptz(6) NOT NULL,
  last_used_at timestamptz(6),
  revoked_at timestamptz(6)
);

CREATE TABLE routing (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  -- written by the routing verbs (web): what people want
  intent text NOT NULL DEFAULT 'run' CHECK (intent IN ('run', 'pause', 'disable')),
  -- written by the routing verbs (web) and by the worker: starting → active, pausing → paused, resuming → active
  lifecycle text NOT NULL DEFAULT 'draft' CHECK (lifecycle IN ('draft', 'awaiting_customer', 'verifying', 'verified', 'verification_failed', 'starting', 'active', 'pausing', 'paused', 'resuming', 'draining', 'disabled', 'archived')),
  -- written by the worker only
  health text NOT NULL DEFAULT 'unknown' CHECK (health IN ('healthy', 'late', 'failing', 'blocked', 'idle', 'unknown')),
  health_cause text,
  state_since timestamptz(6) NOT NULL DEFAULT now(),
  version int NOT NULL DEFAULT 1,
  destination_version int NOT NULL DEFAULT 1,
  data_types text[] NOT NULL,
  promise_seconds int NOT NULL DEFAULT 300,
  flush_interval_ms int NOT NULL DEFAULT 60000,
  start_from text NOT NULL DEFAULT 'head' CHECK (start_from IN ('head', 'earliest')),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES workspace (organization_id, id)
);
CREATE INDEX routing_workspace ON routing (workspace_id);

CREATE TABLE credential (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  version int NOT NULL,
  key_id text NOT NULL,
  access_key_id_sealed bytea NOT NULL,
  secret_access_key_sealed bytea NOT NULL,
  access_key_id_last4 text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  UNIQUE (routing_id, version),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);

CREATE TABLE destination (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  version int NOT NULL,
  endpoint text NOT NULL,
  bucket text NOT NULL,
  region text NOT NULL,
  prefix text NOT NULL,
  kms_key_arn text,
  credential_id uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (routing_id, version),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  FOREIGN KEY (organization_id, credential_id) REFERENCES credential (organization_id, id)
);

CREATE TABLE routing_transition (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  from_label text NOT NULL,
  to_label text NOT NULL,
  cause text NOT NULL,
  actor text NOT NULL,
  reason text,
  at timestamptz(6) NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX routing_transition_routing ON routing_transition (routing_id, id);

CREATE TABLE audit_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid REFERENCES organization (id),
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE INDEX audit_event_organization ON audit_event (organization_id, id);

-- The event log. Its own schema: partitions come and go by themselves and Prisma must not see them as drift.
CREATE SCHEMA log;

CREATE TABLE log.stream (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('events', 'sync_aliases', 'segment')),
  shard int NOT NULL DEFAULT 0,
  next_offset bigint NOT NULL DEFAULT 0,
  rows_total bigint NOT NULL DEFAULT 0,
  raw_bytes_total bigint NOT NULL DEFAULT 0,
  body_bytes_total bigint NOT NULL DEFAULT 0,
  -- hours that end at or before this instant are closed; written by the dispatcher, never moves back
  closed_through timestamptz(6) NOT NULL DEFAULT '-infinity',
  part date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (workspace_id, type, shard),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspace (organization_id, id)
) WITH (fillfactor = 50);

CREATE TABLE log.chunk (
  part date NOT NULL,
  stream_id bigint NOT NULL,
  "offset" bigint NOT NULL,
  hour timestamptz(6) NOT NULL,
  rows int NOT NULL,
  raw_bytes int NOT NULL,
  crc_raw bigint NOT NULL,
  body_bytes int NOT NULL,
  crc_body bigint NOT NULL,
  received_min timestamptz(6) NOT NULL,
  received_max timestamptz(6) NOT NULL,
  -- milliseconds since the epoch, summed over the rows: an exact mean needs no row
  received_sum_ms numeric(30, 0) NOT NULL,
  -- totals of the stream before this chunk: a backlog is a subtraction
  rows_before bigint NOT NULL,
  raw_bytes_before bigint NOT NULL,
  body_bytes_before bigint NOT NULL,
  snapshot_end boolean NOT NULL DEFAULT false,
  body bytea NOT NULL,
  PRIMARY KEY (stream_id, "offset", part)
) PARTITION BY RANGE (part);
ALTER TABLE log.chunk ALTER COLUMN body SET STORAGE EXTERNAL;

-- One row per append: a lost reply is answered by running the same id again.
CREATE TABLE log.append (
  id uuid PRIMARY KEY,
  placed jsonb NOT NULL,
  at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE INDEX append_at ON log.append (at);

CREATE TABLE log.idempotency (
  workspace_id uuid NOT NULL,
  call text NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status int NOT NULL,
  answer bytea NOT NULL,
  append_id uuid NOT NULL,
  at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, call, key)
);
CREATE INDEX idempotency_at ON log.idempotency (at);

-- Delivery. "next" is sealed to, "done" is committed to; both are offsets of the first chunk not yet covered.
CREATE TABLE lane (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  stream_id bigint NOT NULL REFERENCES log.stream (id),
  epoch bigint NOT NULL DEFAULT 1,
  next bigint NOT NULL,
  done bigint NOT NULL,
  body_bytes_done bigint NOT NULL DEFAULT 0,
  rows_done bigint NOT NULL DEFAULT 0,
  -- written by the routing verbs (web) in the transaction that changes the routing
  running boolean NOT NULL DEFAULT false,
  -- written by the dispatcher, cleared by COMMIT: receipt time of the oldest undelivered line
  pending_since timestamptz(6),
  -- back-off; written by the worker, cleared by resume and edit
  not_before timestamptz(6),
  -- written by the worker; avoids doubled effort, safety never depends on it
  lease_until timestamptz(6),
  failures int NOT NULL DEFAULT 0,
  -- written by the worker: null, or why the lane stands still until a person has looked
  held_cause text,
  UNIQUE (routing_id, stream_id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK (done <= next)
) WITH (fillfactor = 50);
CREATE INDEX lane_stream ON lane (stream_id);

CREATE TABLE cut (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  lane_id bigint NOT NULL REFERENCES lane (id),
  epoch bigint NOT NULL,
  generation int NOT NULL DEFAULT 1,
  destination_version int NOT NULL,
  -- offsets, both inclusive
  lo bigint NOT NULL,
  hi bigint NOT NULL,
  reason text NOT NULL,
  rows bigint NOT NULL,
  raw_bytes bigint NOT NULL,
  body_bytes bigint NOT NULL,
  -- sealed → committed; written by the worker
  state text NOT NULL CHECK (state IN ('sealed', 'committed')),
  sealed_at timestamptz(6) NOT NULL DEFAULT now(),
  committed_at timestamptz(6),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  UNIQUE (lane_id, lo, generation),
  CHECK (lo <= hi)
);
CREATE UNIQUE INDEX cut_one_open ON cut (lane_id) WHERE state = 'sealed';
CREATE INDEX cut_routing ON cut (routing_id, id);

CREATE TABLE file (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  cut_id bigint NOT NULL REFERENCES cut (id),
  position int NOT NULL,
  generation int NOT NULL DEFAULT 1,
  endpoint text NOT NULL,
  bucket text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  hour timestamptz(6),
  lo bigint NOT NULL,
  hi bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stitched', 'recompressed')),
  rows bigint NOT NULL,
  raw_bytes bigint NOT NULL,
  crc_raw bigint NOT NULL,
  received_min timestamptz(6) NOT NULL,
  received_max timestamptz(6) NOT NULL,
  received_sum_ms numeric(30, 0) NOT NULL,
  -- sealed → delivered | conflict; written by the worker
  state text NOT NULL CHECK (state IN ('sealed', 'delivered', 'conflict')),
  gzip_bytes bigint,
  etag text,
  delivered_at timestamptz(6),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  UNIQUE (cut_id, position, generation),
  UNIQUE (endpoint, bucket, key)
);
CREATE INDEX file_routing_delivered ON file (routing_id, delivered_at DESC, id) WHERE state = 'delivered';

CREATE TABLE attempt (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  file_id uuid NOT NULL REFERENCES file (id),
  generation int NOT NULL,
  number int NOT NULL,
  worker_id text NOT NULL,
  marked_at timestamptz(6) NOT NULL DEFAULT now(),
  ended_at timestamptz(6),
  -- null while open; done | refused (S3 said no) | unknown; written by the worker
  outcome text CHECK (outcome IN ('done', 'refused', 'unknown')),
  http_status int,
  code text,
  request_id text,
  message text,
  UNIQUE (file_id, number)
);
