-- A workspace's segments as its client last sent them, and how far the log has them.
CREATE TABLE segment_set (
  workspace_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  -- counts changes; written by whoever replaces the set
  version bigint NOT NULL DEFAULT 0,
  -- newest version of which a complete snapshot is in the log; written by whoever appended it
  snapshot_version bigint NOT NULL DEFAULT 0,
  UNIQUE (organization_id, workspace_id),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES workspace (organization_id, id)
);

CREATE TABLE segment (
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  number bigint NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  description text,
  tags text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('enabled', 'disabled')),
  created_at timestamptz(6) NOT NULL,
  last_updated_at timestamptz(6) NOT NULL,
  PRIMARY KEY (workspace_id, number),
  -- deferred: two segments may swap their ids in one replacement
  UNIQUE (workspace_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (organization_id, workspace_id) REFERENCES segment_set (organization_id, workspace_id)
);
