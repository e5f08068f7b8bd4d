-- A place that a check has proven belongs to one routing, so that nobody's files mix with another's. It is given back
-- when the routing is archived, not before: files may still be on their way, and a rollback returns.
CREATE TABLE place_reservation (
  endpoint text NOT NULL,
  bucket text NOT NULL,
  prefix text NOT NULL,
  organization_id uuid NOT NULL,
  routing_id uuid NOT NULL,
  reserved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (endpoint, bucket, prefix),
  FOREIGN KEY (organization_id, routing_id) REFERENCES routing (organization_id, id)
);
CREATE INDEX place_reservation_routing ON place_reservation (routing_id);
