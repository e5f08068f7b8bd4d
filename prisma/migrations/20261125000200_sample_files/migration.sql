-- What an access check wrote to try a place: one file of each data type, recorded before its PUT as a seal does.
-- The bytes are those that were sent, so that people are shown what lies (or lay) in the bucket.
CREATE TABLE sample_file (
  organization_id uuid NOT NULL,
  check_id uuid NOT NULL,
  data_type text NOT NULL CHECK (data_type IN ('events', 'sync_aliases', 'segment')),
  file_id uuid NOT NULL,
  key text NOT NULL,
  body bytea NOT NULL,
  sealed_at timestamptz(6) NOT NULL,
  -- null until the store has confirmed it
  written_at timestamptz(6),
  removed_at timestamptz(6),
  PRIMARY KEY (check_id, data_type),
  FOREIGN KEY (organization_id, check_id) REFERENCES access_check (organization_id, id) ON DELETE CASCADE
);
