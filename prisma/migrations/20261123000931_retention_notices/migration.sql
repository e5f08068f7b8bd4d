-- Said before it happens: what a routing cannot deliver nears the end of its retention. One row per threshold and
-- episode; an episode ends when the oldest undelivered line is younger than half of the retention again.
CREATE TABLE retention_notice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  -- percent of the retention that the oldest undelivered line has reached
  threshold int NOT NULL CHECK (threshold IN (50, 80, 95)),
  oldest_received_at timestamptz(6) NOT NULL,
  -- when loss begins, unless it is delivered before
  lost_from timestamptz(6) NOT NULL,
  pending_rows bigint NOT NULL,
  pending_bytes bigint NOT NULL,
  at timestamptz(6) NOT NULL DEFAULT now(),
  ended_at timestamptz(6),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE UNIQUE INDEX retention_notice_once ON retention_notice (routing_id, threshold) WHERE ended_at IS NULL;
CREATE INDEX retention_notice_routing ON retention_notice (routing_id, id);
