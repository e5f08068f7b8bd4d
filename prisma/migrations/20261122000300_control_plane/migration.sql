-- The time line of one target, newest first.
CREATE INDEX audit_event_target ON audit_event (target, id);
-- Lists page through routings by (created_at, id).
CREATE INDEX routing_organization_created ON routing (organization_id, created_at, id);
CREATE INDEX routing_created ON routing (created_at, id);
CREATE INDEX api_key_workspace ON api_key (workspace_id);
CREATE INDEX api_token_user ON api_token (user_id);
