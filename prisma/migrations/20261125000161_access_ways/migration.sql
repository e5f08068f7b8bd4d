-- How the customer may give access: as they like, by a role only, or by keys only.
ALTER TABLE routing ADD COLUMN access_ways text NOT NULL DEFAULT 'any' CHECK (access_ways IN ('any', 'role', 'keys'));
