-- The audit is a chain per organization, and one for what concerns the vendor alone: every row is hashed together with
-- the hash before it. The database does it, so that no writer can forget it, of this version or of the one before.

CREATE SCHEMA audit;

-- The last link of every chain. What the vendor alone did is the chain of the nil id.
CREATE TABLE audit.head (
  chain uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- No foreign key to the row: that a row is gone is for the verification to say, and no reason to fail.
CREATE TABLE audit.link (
  chain uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  event_id bigint NOT NULL UNIQUE,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (chain, seq)
);

-- SHA-256 over the fields one after the other, each as `<bytes>:<text>,` so that no two rows read the same.
-- lib/domain/audit/chain.ts says the same a second time, for whoever does not want to believe this database.
CREATE FUNCTION audit.hash_of(p_previous bytea, p_chain uuid, p_seq bigint, p_event public.audit_event) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to(string_agg(octet_length(convert_to(f.field, 'UTF8')) || ':' || f.field || ',', '' ORDER BY f.n), 'UTF8'))
  FROM unnest(ARRAY['sluice-audit-1', encode(p_previous, 'hex'), p_chain::text, p_seq::text, p_event.id::text,
    coalesce(p_event.organization_id::text, ''), p_event.actor, p_event.action, p_event.target, p_event.detail::text,
    (extract(epoch FROM p_event.at) * 1000000)::bigint::text]) WITH ORDINALITY AS f (field, n)
$$;

-- Which chains this transaction writes to: it takes their heads in one order, so that no two wait for each other.
CREATE FUNCTION audit.note_chain() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_chain text := coalesce(NEW.organization_id, '00000000-0000-0000-0000-000000000000')::text;
  v_noted text := coalesce(current_setting('sluice.audit_chains', true), '');
BEGIN
  IF position(v_chain IN v_noted) = 0 THEN
    PERFORM set_config('sluice.audit_chains', concat_ws(',', nullif(v_noted, ''), v_chain), true);
  END IF;
  RETURN NULL;
END
$$;

-- Runs at COMMIT: a head is held only as long as the commit takes, and the chain is in the order of commits.
CREATE FUNCTION audit.chain_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_chain uuid := coalesce(NEW.organization_id, '00000000-0000-0000-0000-000000000000');
  v_noted text := coalesce(current_setting('sluice.audit_chains', true), '');
  v_head audit.head;
BEGIN
  INSERT INTO audit.head AS h (chain, seq, hash)
  SELECT c, 0, decode(repeat('00', 32), 'hex')
  FROM unnest(string_to_array(nullif(v_noted, ''), ',')::uuid[] || v_chain) AS c GROUP BY c ORDER BY c
  ON CONFLICT (chain) DO UPDATE SET seq = h.seq;
  PERFORM set_config('sluice.audit_chains', '', true);
  UPDATE audit.head h SET seq = h.seq + 1, hash = audit.hash_of(h.hash, h.chain, h.seq + 1, NEW)
  WHERE h.chain = v_chain RETURNING * INTO STRICT v_head;
  INSERT INTO audit.link (chain, seq, event_id, hash) VALUES (v_chain, v_head.seq, NEW.id, v_head.hash);
  RETURN NULL;
END
$$;

-- Nobody changes or removes what is recorded: not a slip of a statement either, and not the tables' owner.
CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'The audit is only ever added to: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Until the end of the migration nobody writes, so that what stands is chained first and nothing is chained twice.
LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
  v_event public.audit_event;
  v_chain uuid;
  v_head audit.head;
BEGIN
  FOR v_event IN SELECT * FROM public.audit_event ORDER BY organization_id NULLS FIRST, id LOOP
    v_chain := coalesce(v_event.organization_id, '00000000-0000-0000-0000-000000000000');
    IF v_head.chain IS DISTINCT FROM v_chain THEN
      IF v_head.chain IS NOT NULL THEN INSERT INTO audit.head SELECT v_head.*; END IF;
      v_head := (v_chain, 0, decode(repeat('00', 32), 'hex'));
    END IF;
    v_head := (v_chain, v_head.seq + 1, audit.hash_of(v_head.hash, v_chain, v_head.seq + 1, v_event));
    INSERT INTO audit.link VALUES (v_chain, v_head.seq, v_event.id, v_head.hash);
  END LOOP;
  IF v_head.chain IS NOT NULL THEN INSERT INTO audit.head SELECT v_head.*; END IF;
END
$$;

CREATE TRIGGER note_chain AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit.note_chain();
CREATE CONSTRAINT TRIGGER chain_event AFTER INSERT ON audit_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.chain_event();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit.link FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.link EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse_change BEFORE DELETE ON audit.head FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.head EXECUTE FUNCTION audit.refuse();

-- How far a worker has looked through every chain, once a day, and what it found.
CREATE TABLE audit.verification (
  chain uuid PRIMARY KEY,
  -- of the round that goes on; 0 between two rounds
  checked_seq bigint NOT NULL DEFAULT 0,
  -- of the last round that came to the end and found all well
  verified_seq bigint,
  verified_hash bytea,
  verified_at timestamptz(6),
  -- of the last round, well or not
  finished_at timestamptz(6),
  -- the first thing found in the round that goes on, or in the last one; null where there is nothing
  found text,
  found_at timestamptz(6)
);
