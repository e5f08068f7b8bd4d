-- A reconciliation pages through a routing's files in the order of their keys' bytes, and looks for the origin of an
-- unknown object by its ETag. Both read the whole table without these. Building them takes about 10 s per million files,
-- for which deliveries wait.
CREATE INDEX file_routing_key ON file (routing_id, key COLLATE "C");
CREATE INDEX file_routing_etag ON file (routing_id, etag) WHERE state = 'delivered';
