-- What somebody has typed of a new routing so far. Not a routing yet: it may lack its place, and may be thrown away.
-- A routing that is made of it takes its id.
CREATE TABLE routing_draft (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  fields jsonb NOT NULL,
  version int NOT NULL DEFAULT 1,
  saved_by uuid NOT NULL REFERENCES "user" (id),
  saved_at timestamptz(6) NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, workspace_id) REFERENCES workspace (organization_id, id)
);
CREATE INDEX routing_draft_saved ON routing_draft (saved_at DESC, id);
