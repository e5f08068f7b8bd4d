-- What a replay is about, counted once when it starts: lists of replays need not add it up.
ALTER TABLE replay
  ADD COLUMN files int NOT NULL DEFAULT 0,
  ADD COLUMN rows bigint NOT NULL DEFAULT 0,
  ADD COLUMN gzip_bytes bigint NOT NULL DEFAULT 0;
UPDATE replay p SET files = t.files, rows = t.rows, gzip_bytes = t.gzip_bytes
FROM (
  SELECT x.replay_id, count(*) AS files, sum(f.rows) AS rows, coalesce(sum(f.gzip_bytes), 0) AS gzip_bytes
  FROM replay_file x JOIN file f ON f.id = x.file_id GROUP BY x.replay_id
) t WHERE t.replay_id = p.id;
