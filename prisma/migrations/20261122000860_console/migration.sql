-- The audit is read newest first: all of it, one organization's, one person's, or one kind of action.
DROP INDEX audit_event_organization;
CREATE INDEX audit_event_organization ON audit_event (organization_id, at, id);
CREATE INDEX audit_event_at ON audit_event (at, id);
CREATE INDEX audit_event_actor ON audit_event (actor, at, id);
CREATE INDEX audit_event_action ON audit_event (action text_pattern_ops, at, id);
