-- A routing may be made before its customer has given access: its destination then has no credential yet.
ALTER TABLE destination ALTER COLUMN credential_id DROP NOT NULL;

ALTER TABLE routing
  -- empty: every event; else only events of these names (sync_aliases and segment are never filtered)
  ADD COLUMN event_names text[] NOT NULL DEFAULT '{}',
  -- since when freshness has been over the promise, and how many clean looks followed; written by the worker
  ADD COLUMN over_promise_since timestamptz(6),
  ADD COLUMN clean_looks int NOT NULL DEFAULT 0;

-- The filter a cut was decided with: every retry builds the same content from it. Empty: none.
ALTER TABLE cut ADD COLUMN event_names text[] NOT NULL DEFAULT '{}';

-- What a committed cut says about latency; written by the winner of COMMIT in the same statement, never changed but
-- for "folded". Sums are over rows, in ms. The sketch is a DDSketch of latencies in ms, in its protobuf format.
CREATE TABLE cut_latency (
  cut_id bigint PRIMARY KEY REFERENCES cut (id),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  committed_at timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  -- rows that arrived within the promise of that time
  within_rows bigint NOT NULL,
  sum_ms numeric(30, 0) NOT NULL,
  max_ms bigint NOT NULL,
  waiting_ms numeric(30, 0) NOT NULL,
  batching_ms numeric(30, 0) NOT NULL,
  uploading_ms numeric(30, 0) NOT NULL,
  retrying_ms numeric(30, 0) NOT NULL,
  files int NOT NULL,
  raw_bytes bigint NOT NULL,
  gzip_bytes bigint NOT NULL,
  sketch bytea NOT NULL,
  folded boolean NOT NULL DEFAULT false,
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX cut_latency_routing ON cut_latency (routing_id, committed_at);
CREATE INDEX cut_latency_unfolded ON cut_latency (routing_id) WHERE NOT folded;

-- Folds of the above by the time of commit: a minute of cuts, an hour of minutes, a day of hours, in UTC.
CREATE TABLE latency_rollup (
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  grain text NOT NULL CHECK (grain IN ('minute', 'hour', 'day')),
  at timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  within_rows bigint NOT NULL,
  sum_ms numeric(30, 0) NOT NULL,
  max_ms bigint NOT NULL,
  waiting_ms numeric(30, 0) NOT NULL,
  batching_ms numeric(30, 0) NOT NULL,
  uploading_ms numeric(30, 0) NOT NULL,
  retrying_ms numeric(30, 0) NOT NULL,
  files int NOT NULL,
  raw_bytes bigint NOT NULL,
  gzip_bytes bigint NOT NULL,
  sketch bytea NOT NULL,
  -- made up by the demo, and marked so wherever it is shown
  is_demo boolean NOT NULL DEFAULT false,
  PRIMARY KEY (routing_id, grain, at),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);

-- Errors over time are read from attempts: few in ordinary times.
CREATE INDEX attempt_failed ON attempt (routing_id, ended_at) WHERE outcome IN ('refused', 'unknown');
-- Hours and their receipts are sums over files.
CREATE INDEX file_routing_hour ON file (routing_id, hour);

-- How many rows the log accepted per stream and hour; written once, when the hour closes.
CREATE TABLE log.hour_total (
  stream_id bigint NOT NULL REFERENCES log.stream (id),
  hour timestamptz(6) NOT NULL,
  rows bigint NOT NULL,
  raw_bytes bigint NOT NULL,
  PRIMARY KEY (stream_id, hour)
);

-- Events that the collector refused, by reason; written by collectors every few seconds.
CREATE TABLE rejected_events (
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  hour timestamptz(6) NOT NULL,
  code int NOT NULL,
  reason text NOT NULL,
  events bigint NOT NULL,
  last_at timestamptz(6) NOT NULL,
  PRIMARY KEY (workspace_id, hour, code, reason),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES workspace (organization_id, id)
);

-- A running process, as it last said; written by itself every few seconds.
CREATE TABLE process (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('web', 'collector', 'worker')),
  version text NOT NULL,
  started_at timestamptz(6) NOT NULL,
  seen_at timestamptz(6) NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);

ALTER TABLE "user"
  -- IANA name; times on screen, which UTC always accompanies
  ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';
