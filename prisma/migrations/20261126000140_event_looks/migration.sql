-- The first lines of a file, read from the customer's bucket by a worker for one person who asked, and gone after minutes.
-- Unlogged: event lines go into no write-ahead log and so into no replica and no archive of it.
CREATE UNLOGGED TABLE event_look (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  file_id uuid NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  requested_by uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  requested_at timestamptz(6) NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz(6) NOT NULL,
  claimed_until timestamptz(6),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'read', 'refused')),
  body bytea CHECK (octet_length(body) <= 262144),
  is_cut boolean NOT NULL DEFAULT false,
  code text,
  message text CHECK (length(message) <= 500),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id) ON DELETE CASCADE,
  CHECK (expires_at <= requested_at + interval '5 minutes'),
  CHECK ((state = 'read') = (body IS NOT NULL)),
  CHECK ((state = 'refused') = (code IS NOT NULL))
);
CREATE INDEX event_look_expires ON event_look (expires_at);
