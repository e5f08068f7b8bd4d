-- A replay: recorded files written once more, where they are missing (fill) or beside the live ones (copy), or only
-- looked for (look). What it shall do is decided here, file by file, when it starts; workers only carry it out.
CREATE TABLE replay (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('fill', 'copy', 'look')),
  types text[] NOT NULL,
  from_hour timestamptz(6) NOT NULL,
  to_hour timestamptz(6) NOT NULL,
  -- of a copy: where it goes, with its own folder
  bucket text,
  prefix text,
  actor text NOT NULL,
  reason text,
  -- of the range and not in the replay, as of its start: what delivery still has to do, and what is in no file
  pending_files int NOT NULL,
  pending_rows bigint NOT NULL,
  set_aside_rows bigint NOT NULL,
  gap_rows bigint NOT NULL,
  -- running → done (written by the worker) | cancelled (written by the verb)
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'cancelled')),
  -- written by the worker: tries in a row that failed, bare refusals among them, and why and until when it waits
  failures int NOT NULL DEFAULT 0,
  denials int NOT NULL DEFAULT 0,
  denied_since timestamptz(6),
  not_before timestamptz(6),
  held_cause text,
  started_at timestamptz(6) NOT NULL DEFAULT now(),
  ended_at timestamptz(6),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK (from_hour < to_hour),
  CHECK ((mode = 'copy') = (bucket IS NOT NULL AND prefix IS NOT NULL))
);
CREATE UNIQUE INDEX replay_one_running ON replay (routing_id) WHERE state = 'running';
CREATE INDEX replay_routing ON replay (routing_id, started_at DESC, id);

CREATE TABLE replay_file (
  replay_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  -- whose content it is; the object's own id is this one, but for a copy
  file_id uuid NOT NULL REFERENCES file (id),
  position int NOT NULL,
  object_id uuid NOT NULL,
  endpoint text NOT NULL,
  bucket text NOT NULL,
  key text NOT NULL,
  -- pending → one of the others, once, by compare-and-set; written by the worker
  state text NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'present', 'missing', 'restored', 'copied', 'conflict', 'failed', 'not_kept')),
  cause text,
  attempts int NOT NULL DEFAULT 0,
  -- a look found nothing under the key: what is there later was put there by this replay
  was_missing boolean NOT NULL DEFAULT false,
  -- avoids doubled effort; safety never depends on it
  lease_until timestamptz(6),
  -- a PUT was marked and not yet ended; it has been given up by then
  in_flight_until timestamptz(6),
  http_status int,
  code text,
  request_id text,
  message text,
  settled_at timestamptz(6),
  PRIMARY KEY (replay_id, file_id),
  UNIQUE (replay_id, position),
  FOREIGN KEY (organization_id, replay_id) REFERENCES replay (organization_id, id)
) WITH (fillfactor = 70);
CREATE INDEX replay_file_pending ON replay_file (replay_id, attempts, position) WHERE state = 'pending';
CREATE INDEX replay_file_state ON replay_file (replay_id, state, position);
CREATE INDEX replay_file_in_flight ON replay_file (replay_id) WHERE in_flight_until IS NOT NULL;
