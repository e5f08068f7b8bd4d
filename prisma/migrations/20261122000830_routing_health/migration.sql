-- True while somebody watches the routings' health: the watcher notes each look that it has finished in delivery.turn.
CREATE FUNCTION delivery.is_measured() RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM delivery.turn WHERE name = 'health-watched' AND taken_at > now() - interval '60 seconds')
$$;

-- Sessions that have ended are deleted by their age.
CREATE INDEX session_expires ON session (expires_at);
