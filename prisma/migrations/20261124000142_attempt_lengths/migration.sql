-- How long the file was that an attempt sent: of recompressed files only, whose length no seal fixes. Written by the
-- worker between its mark and its PUT.
ALTER TABLE attempt ADD COLUMN gzip_bytes bigint;
