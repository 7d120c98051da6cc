-- An API key carries a role. Those made before are administrators'.
ALTER TABLE api_keys ADD CONSTRAINT api_keys_role
  CHECK (role IN ('administrator', 'manager', 'help-desk', 'read-only'));

-- Who did what, in the order in which it was committed. `content` is canonical JSON (RFC 8785), kept as it was written;
-- the columns made from it are for looking things up.
CREATE TABLE audit (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  content json NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  action text NOT NULL GENERATED ALWAYS AS (content ->> 'action') STORED,
  actor text NOT NULL GENERATED ALWAYS AS (content -> 'actor' ->> 'name') STORED,
  subject_id text GENERATED ALWAYS AS (content -> 'subject' ->> 'id') STORED,
  subject_name text NOT NULL GENERATED ALWAYS AS (content -> 'subject' ->> 'name') STORED
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_action ON audit (action, seq);
CREATE INDEX audit_subject ON audit (subject_id, seq);

-- One link more (src/access/chain.ts computes the same hash). Writers wait for each other until they commit, so that no two
-- entries follow the same one; a plain statement would look for the last entry before it has the lock.
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last audit%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(8245928655518264429);
  SELECT * INTO last FROM audit ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(format('{"at":"%s","content":%s,"previous":"%s","seq":%s}',
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), NEW.content, encode(NEW.previous, 'hex'), NEW.seq),
    'UTF8'));
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_link BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_link();

CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is only ever added to.';
END
$$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();
