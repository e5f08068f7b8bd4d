-- Where it was seen that of two conditional PUTs of one key the second is refused; of operators' endpoints only, AWS is
-- known to. Written by the worker before it sends the first file there, and never taken back.
CREATE TABLE delivery.proven_store (
  endpoint text NOT NULL,
  bucket text NOT NULL,
  proven_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (endpoint, bucket)
);
