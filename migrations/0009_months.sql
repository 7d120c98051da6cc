-- The log of operations and the audit trail grow without end: each month of them becomes a table of its own, a partition, so that what
-- is old is dropped with its table and leaves nothing to vacuum (docs/decisions/0010-a-table-a-month.md). The server makes the
-- months to come (src/store/months.ts). What was written so far is not copied: it becomes the partition of everything until
-- the end of this month. Servers of the version before write and read both as they did.

ALTER TABLE events RENAME TO events_until;
ALTER INDEX events_pkey RENAME TO events_until_pkey;
ALTER INDEX events_application RENAME TO events_until_application;
ALTER INDEX events_subject RENAME TO events_until_subject;
ALTER INDEX events_deactivation RENAME TO events_until_deactivation;
ALTER INDEX events_left RENAME TO events_until_left;
ALTER INDEX events_failed RENAME TO events_until_failed;

-- An id begins with its time (UUIDv7, RFC 9562 §5.7): it stays the primary key, and whoever asks by id asks one month.
CREATE TABLE events (LIKE events_until INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id);
ALTER TABLE events ADD PRIMARY KEY (id);
CREATE INDEX events_application ON events (application_id, id);
CREATE INDEX events_subject ON events (subject_id, id);
CREATE INDEX events_deactivation ON events (application_id, at) WHERE deactivation;
CREATE INDEX events_left ON events (application_id, id) WHERE operation IN ('deactivateUser', 'deleteUser') AND outcome = 'done';
CREATE INDEX events_failed ON events (application_id, id) WHERE outcome IN ('refused', 'later', 'stopped');
-- For a time that has no month, as when a clock jumps.
CREATE TABLE events_default PARTITION OF events DEFAULT;

DROP TRIGGER audit_link ON audit;
DROP TRIGGER audit_keep ON audit;
ALTER TABLE audit RENAME TO audit_until;
ALTER TABLE audit_until DROP CONSTRAINT audit_pkey;
ALTER TABLE audit_until ADD CONSTRAINT audit_until_pkey PRIMARY KEY (seq, at);
ALTER INDEX audit_at RENAME TO audit_until_at;
ALTER INDEX audit_actor RENAME TO audit_until_actor;
ALTER INDEX audit_action RENAME TO audit_until_action;
ALTER INDEX audit_subject RENAME TO audit_until_subject;

-- An entry is put into its month before its triggers run, so that its time has to be known by then; and entries have one order, so
-- that it is known only under the lock.
CREATE FUNCTION audit_at() RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(8245928655518264429);
  RETURN date_trunc('milliseconds', clock_timestamp());
END
$$;

CREATE TABLE audit (LIKE audit_until INCLUDING GENERATED) PARTITION BY RANGE (at);
ALTER TABLE audit ALTER COLUMN at SET DEFAULT audit_at();
ALTER TABLE audit ADD PRIMARY KEY (seq, at);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_action ON audit (action, seq);
CREATE INDEX audit_subject ON audit (subject_id, seq);
CREATE TABLE audit_default PARTITION OF audit DEFAULT;

-- The same number, hash and chain as before; the time is the column's default. The lock is taken here too, for whoever says the time.
CREATE OR REPLACE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last audit%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(8245928655518264429);
  SELECT * INTO last FROM audit ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(format('{"at":"%s","content":%s,"previous":"%s","seq":%s}',
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), NEW.content, encode(NEW.previous, 'hex'), NEW.seq),
    'UTF8'));
  RETURN NEW;
END
$$;

-- What has been written. Rows of a later time, of a clock that was wrong, wait where rows without a month do.
DO $$
DECLARE
  month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
  later timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
  later_id uuid := lpad(to_hex((extract(epoch FROM later) * 1000)::bigint), 12, '0') || repeat('0', 20);
BEGIN
  WITH late AS (DELETE FROM events_until WHERE id >= later_id RETURNING *)
  INSERT INTO events_default SELECT * FROM late;
  WITH late AS (DELETE FROM audit_until WHERE at >= later RETURNING *)
  INSERT INTO audit_default (seq, at, content, previous, hash) SELECT seq, at, content, previous, hash FROM late;
  EXECUTE format('ALTER TABLE events ATTACH PARTITION events_until FOR VALUES FROM (MINVALUE) TO (%L)', later_id);
  EXECUTE format('ALTER TABLE audit ATTACH PARTITION audit_until FOR VALUES FROM (MINVALUE) TO (%L)', later);
  EXECUTE format('ALTER TABLE events_until RENAME TO events_until_%s', to_char(month, 'YYYY_MM'));
  EXECUTE format('ALTER TABLE audit_until RENAME TO audit_until_%s', to_char(month, 'YYYY_MM'));
  EXECUTE format('CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_until_%s
    FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()', to_char(month, 'YYYY_MM'));
END
$$;

CREATE TRIGGER audit_link BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_link();
-- Each partition has it too, and would keep its rows whoever asks it alone.
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_default FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();
