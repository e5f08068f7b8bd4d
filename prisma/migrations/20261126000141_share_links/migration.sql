-- Status of one routing for whoever has the address: read only, some days long. The token is kept as SHA-256.
CREATE TABLE share_link (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_by text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  expires_at timestamptz(6) NOT NULL,
  opened_at timestamptz(6),
  revoked_at timestamptz(6),
  revoked_by text,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK (expires_at > created_at AND expires_at <= created_at + interval '7 days'),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX share_link_organization ON share_link (organization_id, created_at DESC);
