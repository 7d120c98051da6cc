-- Importing people who are already in the application (R30–R34).

-- What a directory user made of this account would be called: username, email and names (src/provisioning/imported-person.ts).
ALTER TABLE remote_resources ADD COLUMN person jsonb;
CREATE INDEX remote_resources_name ON remote_resources
  (application_id, kind, lower(coalesce(person ->> 'displayname', '')), remote_id);

-- A reading of the application's users alone was asked for.
ALTER TABLE lanes ADD COLUMN roster_due_at timestamptz NOT NULL DEFAULT 'infinity';

-- How the last reading of an application's users went; the users themselves are remote_resources. Imports of one application
-- take turns on this row.
CREATE TABLE rosters (
  application_id uuid PRIMARY KEY REFERENCES applications ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('reading', 'read', 'failed')),
  -- Read so far, or when it ended.
  seen integer NOT NULL DEFAULT 0,
  message text,
  started_at timestamptz NOT NULL DEFAULT now(),
  -- When a reading last came to its end.
  read_at timestamptz
);

CREATE TABLE imports (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('running', 'done')),
  -- What the users that are made begin as.
  user_state text NOT NULL CHECK (user_state IN ('staged', 'active')),
  -- Goes on behind the answer, as a job.
  background boolean NOT NULL,
  cause jsonb NOT NULL,
  -- To whom its end is told, and the link in that message; null where nobody is told.
  mail_to text,
  mail_link text,
  mail_state text NOT NULL DEFAULT 'none' CHECK (mail_state IN ('none', 'owed', 'sent', 'failed')),
  mail_attempts integer NOT NULL DEFAULT 0,
  mail_due_at timestamptz NOT NULL DEFAULT now(),
  mail_message text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX imports_application ON imports (application_id, id);
CREATE INDEX imports_unfinished ON imports (id) WHERE state = 'running' OR mail_state = 'owed';

CREATE TABLE import_items (
  import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
  remote_id text NOT NULL,
  -- What the directory user is to be, with an administrator's corrections.
  person jsonb NOT NULL,
  -- Null while it waits. `unchanged`: somebody was linked to this account before.
  outcome text CHECK (outcome IN ('created', 'linked', 'unchanged', 'failed')),
  user_id uuid,
  errors jsonb,
  PRIMARY KEY (import_id, remote_id)
);
CREATE INDEX import_items_waiting ON import_items (import_id, remote_id) WHERE outcome IS NULL;
CREATE INDEX import_items_outcome ON import_items (import_id, outcome);
