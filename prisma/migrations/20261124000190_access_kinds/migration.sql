-- Access is a pair of sealed keys or a role; a destination version waits outside delivery until it is adopted.
-- Two UUIDs hold more than the 128 random bits that an external id needs.
ALTER TABLE organization ADD COLUMN external_id text NOT NULL
  DEFAULT ('slx-' || left(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 48));
ALTER TABLE organization ADD CONSTRAINT organization_external_id_unique UNIQUE (external_id);

CREATE FUNCTION keep_external_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The external id of an organization never changes: customers'' roles trust it';
END $$;
CREATE TRIGGER organization_external_id_kept BEFORE UPDATE OF external_id ON organization
  FOR EACH ROW WHEN (NEW.external_id IS DISTINCT FROM OLD.external_id) EXECUTE FUNCTION keep_external_id();

ALTER TABLE credential
  ADD COLUMN kind text NOT NULL DEFAULT 'keys' CHECK (kind IN ('keys', 'role')),
  ADD COLUMN role_arn text,
  ADD COLUMN compromised_at timestamptz,
  ADD COLUMN erased_at timestamptz,
  ALTER COLUMN key_id DROP NOT NULL,
  ALTER COLUMN access_key_id_sealed DROP NOT NULL,
  ALTER COLUMN secret_access_key_sealed DROP NOT NULL,
  ALTER COLUMN access_key_id_last4 DROP NOT NULL,
  ADD CONSTRAINT credential_kind_fields CHECK (
    (kind = 'role' AND role_arn IS NOT NULL AND access_key_id_sealed IS NULL AND secret_access_key_sealed IS NULL)
    OR (kind = 'keys' AND role_arn IS NULL
      AND (access_key_id_sealed IS NULL) = (erased_at IS NOT NULL)
      AND (secret_access_key_sealed IS NULL) = (erased_at IS NOT NULL)));

ALTER TABLE destination
  ADD COLUMN owner_account_id text CHECK (owner_account_id ~ '^[0-9]{12}$'),
  ADD COLUMN verified_at timestamptz,
  ADD COLUMN adopted_at timestamptz DEFAULT now();
UPDATE destination SET adopted_at = created_at;
COMMENT ON COLUMN destination.adopted_at IS 'Null while a changed destination is checked beside the one that delivers';
