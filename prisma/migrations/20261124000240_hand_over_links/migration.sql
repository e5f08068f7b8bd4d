-- Where a customer's AWS admin enters access without an account. Neither the token of the address nor the cookie of a
-- page can be read here: both are kept as SHA-256.
CREATE TABLE hand_over_link (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  -- the link that was made first of those that were passed on; its row is locked for what only one of them may do
  root_id uuid NOT NULL,
  parent_id uuid,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  -- of the one page that may use it now; beginning anew elsewhere ends the one before
  session_hash bytea CHECK (octet_length(session_hash) = 32),
  recipient text CHECK (length(recipient) BETWEEN 3 AND 254),
  created_by text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  expires_at timestamptz(6) NOT NULL,
  opened_at timestamptz(6),
  begun_at timestamptz(6),
  access_given_at timestamptz(6),
  access_kind text CHECK (access_kind IN ('keys', 'role')),
  -- which version of the destination it gave access to last
  destination_version int,
  submitted_at timestamptz(6),
  declined_at timestamptz(6),
  revoked_at timestamptz(6),
  revoked_by text,
  -- of the root: SHA-256 of the access key ids that were entered through it or what was passed on
  tried_key_hashes bytea[] NOT NULL DEFAULT '{}',
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  FOREIGN KEY (organization_id, root_id) REFERENCES hand_over_link (organization_id, id),
  FOREIGN KEY (organization_id, parent_id) REFERENCES hand_over_link (organization_id, id),
  CHECK ((parent_id IS NULL) = (root_id = id)),
  CHECK (expires_at > created_at),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX hand_over_link_routing ON hand_over_link (routing_id, created_at DESC);
CREATE INDEX hand_over_link_root ON hand_over_link (root_id);
-- One open link and what was passed on from it, and one submission of them all.
CREATE UNIQUE INDEX hand_over_link_one_open ON hand_over_link (routing_id) WHERE parent_id IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX hand_over_link_one_submission ON hand_over_link (root_id) WHERE submitted_at IS NOT NULL;
