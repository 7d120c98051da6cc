-- The session in which an authenticator app is being set up: no other one may see its secret, or confirm it. Null once it is
-- confirmed, and where that session is over, or was one of an older Rollcall; then nobody confirms it.
ALTER TABLE factors ADD COLUMN session_id uuid REFERENCES sessions ON DELETE SET NULL;
CREATE INDEX factors_session ON factors (session_id) WHERE session_id IS NOT NULL;
