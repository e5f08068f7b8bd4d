-- The sketch's 95th percentile beside it: a list shows 24 of them a row and cannot decode thousands of sketches each
-- time. Written with the sketch; null where it was not, and then read from the sketch.
ALTER TABLE latency_rollup ADD COLUMN p95_ms bigint;
