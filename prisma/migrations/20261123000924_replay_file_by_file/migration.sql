-- What replays did to a file is asked for by file, and the foreign key looks for it the same way.
CREATE INDEX replay_file_file ON replay_file (file_id);
