-- The one submission of a link: access that it gave has passed its check. It is recorded, and everybody concerned is
-- told, in the transaction that proves the destination, whoever proves it and whether or not a page is still open.
CREATE FUNCTION submit_hand_over() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_facts jsonb;
BEGIN
  -- Decided under the lock of the root, as are the end of a link and every change of the access it gave.
  PERFORM 1 FROM hand_over_link WHERE routing_id = NEW.routing_id AND parent_id IS NULL AND revoked_at IS NULL
    FOR NO KEY UPDATE;
  -- By credential: an edit of the place keeps the access that the link gave.
  UPDATE hand_over_link l SET submitted_at = clock_timestamp()
    FROM destination given
    WHERE l.routing_id = NEW.routing_id AND l.revoked_at IS NULL AND l.declined_at IS NULL
      AND given.routing_id = l.routing_id AND given.version = l.destination_version
      AND given.credential_id = NEW.credential_id
      AND NOT EXISTS (
        SELECT FROM hand_over_link other WHERE other.root_id = l.root_id AND other.submitted_at IS NOT NULL)
    RETURNING l.id, l.root_id, l.recipient, l.submitted_at INTO v_link;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO audit_event (organization_id, actor, action, target, detail)
    VALUES (NEW.organization_id, 'hand_over_link:' || v_link.id, 'hand-over.submit', 'routing:' || NEW.routing_id,
      jsonb_build_object('linkId', v_link.id, 'recipient', v_link.recipient, 'destinationVersion', NEW.version));
  SELECT jsonb_build_object(
      'organizationName', o.name, 'routingName', r.name,
      'bucket', NEW.bucket, 'region', NEW.region, 'prefix', NEW.prefix,
      'submittedBy', v_link.recipient,
      'submittedAt', to_char(v_link.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'accountId', c.account_id, 'principalArn', c.principal_arn)
    INTO v_facts
    FROM routing r
    JOIN organization o ON o.id = r.organization_id
    LEFT JOIN LATERAL (
      SELECT account_id, principal_arn FROM access_check
      WHERE routing_id = r.id AND destination_version = NEW.version AND state = 'passed'
      ORDER BY requested_at DESC LIMIT 1
    ) c ON true
    WHERE r.id = NEW.routing_id;
  INSERT INTO notice (organization_id, routing_id, kind, channel, recipient, facts)
    SELECT NEW.organization_id, NEW.routing_id, 'access_submitted', 'mail', told.email, v_facts
    FROM (
      SELECT DISTINCT ON (lower(email)) email FROM (
        SELECT email FROM contact WHERE routing_id = NEW.routing_id
        UNION ALL
        SELECT u.email FROM hand_over_link root
          JOIN "user" u ON root.created_by IN ('user:' || u.id, 'api_token:' || u.id)
          WHERE root.id = v_link.root_id AND u.disabled_at IS NULL
      ) everybody ORDER BY lower(email)
    ) told;
  RETURN NULL;
END $$;
CREATE TRIGGER destination_hand_over AFTER UPDATE OF verified_at ON destination
  FOR EACH ROW WHEN (NEW.verified_at IS NOT NULL AND NEW.verified_at IS DISTINCT FROM OLD.verified_at)
  EXECUTE FUNCTION submit_hand_over();
