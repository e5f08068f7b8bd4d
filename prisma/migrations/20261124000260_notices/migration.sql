-- Whom a customer wants to be told, and what they were told. A notice is written in the transaction of what it tells
-- and sent by a worker afterwards: it leaves at least once, under one id.
CREATE TABLE contact (
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('aws_admin', 'live')),
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254 AND email !~ '[[:space:][:cntrl:]]'),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (routing_id, role, email),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE UNIQUE INDEX contact_one_aws_admin ON contact (routing_id) WHERE role = 'aws_admin';

CREATE TABLE webhook (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL UNIQUE,
  url text NOT NULL,
  -- signs the notices; sealed to the worker, bound to this row
  secret_sealed bytea NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);

CREATE TABLE notice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'webhook')),
  -- an e-mail address, or the origin of a webhook
  recipient text NOT NULL CHECK (recipient !~ '[[:cntrl:]]'),
  -- without secrets
  facts jsonb NOT NULL,
  -- a secret that the text needs, sealed to the worker and erased once the notice is sent or given up
  payload_sealed bytea,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'given_up')),
  tries int NOT NULL DEFAULT 0,
  cause text,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  not_before timestamptz(6) NOT NULL DEFAULT now(),
  lease_until timestamptz(6),
  ended_at timestamptz(6),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id),
  CHECK ((state = 'queued') = (ended_at IS NULL)),
  CHECK (state = 'queued' OR payload_sealed IS NULL)
);
CREATE INDEX notice_routing ON notice (routing_id, created_at DESC, id);
CREATE INDEX notice_due ON notice (not_before) WHERE state = 'queued';

-- That a routing's first file was noticed: one row for good, so that its people are told once.
CREATE TABLE first_file (
  routing_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  file_id uuid NOT NULL,
  noticed_at timestamptz(6) NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
-- What delivered before is no news.
INSERT INTO first_file (routing_id, organization_id, file_id)
SELECT DISTINCT ON (routing_id) routing_id, organization_id, id FROM file WHERE state = 'delivered'
ORDER BY routing_id, delivered_at, id;
