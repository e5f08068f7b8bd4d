-- What is never delivered is told exactly: offsets, rows, hours and times of receipt, and whether it may exist after all.

-- How long a routing holds what it cannot deliver; the log keeps chunks for 7 days, so never longer than that.
ALTER TABLE routing ADD COLUMN retention_hours int NOT NULL DEFAULT 168 CHECK (retention_hours BETWEEN 1 AND 168);

ALTER TABLE gap
  -- retention: it grew too old before it could be delivered; released: a person gave it up
  ADD COLUMN cause text NOT NULL DEFAULT 'retention' CHECK (cause IN ('retention', 'released')),
  -- the sealed file that was given up; null for chunks of which no file was sealed
  ADD COLUMN file_id uuid REFERENCES file (id),
  -- some attempt may have written that file: it may lie in the bucket all the same
  ADD COLUMN may_exist boolean NOT NULL DEFAULT false,
  -- receipt of its first and its last line; null where the chunks were gone before they were looked at
  ADD COLUMN received_min timestamptz(6),
  ADD COLUMN received_max timestamptz(6),
  -- what the person said who gave it up
  ADD COLUMN reason text;
CREATE INDEX gap_routing ON gap (routing_id, id);
