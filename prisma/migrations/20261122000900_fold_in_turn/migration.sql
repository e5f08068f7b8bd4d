-- Who has waited longest to be folded is read from the index alone.
DROP INDEX cut_latency_unfolded;
CREATE INDEX cut_latency_unfolded ON cut_latency (routing_id, committed_at) WHERE NOT folded;
