-- The directory: the source of truth (R: behaviour.md, "Words").

CREATE TABLE users (
  id uuid PRIMARY KEY,
  username text NOT NULL,
  email text,
  firstname text,
  lastname text,
  displayname text,
  state text NOT NULL CHECK (state IN ('staged', 'active', 'suspended')),
  attributes jsonb NOT NULL DEFAULT '{}',
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE INDEX users_email ON users (lower(email));

CREATE TABLE groups (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  description text,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX groups_name ON groups (lower(name));

CREATE TABLE group_members (
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_members_user ON group_members (user_id, group_id);

-- Applications. `settings` is what an administrator set over the connector's data
-- (src/connectors/settings.ts); `sso` the SAML settings.

CREATE TABLE applications (
  id uuid PRIMARY KEY,
  connector text NOT NULL,
  label text NOT NULL,
  description text,
  logo text,
  sso jsonb NOT NULL DEFAULT '{"enabled": false}',
  idm_state text NOT NULL DEFAULT 'inactive' CHECK (idm_state IN ('inactive', 'active', 'paused')),
  idm_reason jsonb,
  group_management boolean NOT NULL DEFAULT true,
  settings jsonb NOT NULL DEFAULT '{}',
  last_inventory_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE application_groups (
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (application_id, group_id)
);
CREATE INDEX application_groups_group ON application_groups (group_id, application_id);

-- AES-256-GCM; the additional data is `id`, so that a ciphertext moved to another row does not open.
CREATE TABLE secrets (
  id text PRIMARY KEY,
  key_id text NOT NULL,
  nonce bytea NOT NULL,
  ciphertext bytea NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- What we know of one directory record in one application. `subject_id` references neither users nor groups:
-- someone deleted from the directory must still be deactivated in the target, from the link alone (R12, R25).
CREATE TABLE links (
  application_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('user', 'group')),
  subject_id uuid NOT NULL,
  subject_name text NOT NULL,
  remote_id text,
  state text NOT NULL CHECK (state IN ('absent', 'active', 'inactive')),
  -- lower(userName) that this link claims: two directory users never share an account (R17).
  key text,
  accepted jsonb NOT NULL DEFAULT '{}',
  not_accepted jsonb NOT NULL DEFAULT '{}',
  error jsonb,
  attention jsonb,
  drift jsonb,
  -- What was sent and not answered, so that it may have been done (R42): the name of a create where there is no remote_id
  -- yet, and the target is asked for that name first; else the kind of the step, which is said again.
  in_flight text,
  -- False for an imported account until its user has been assigned once (R34).
  managed boolean NOT NULL DEFAULT true,
  -- An administrator rejected this leaver's deactivation: the account is left as it is (R46).
  kept boolean NOT NULL DEFAULT false,
  -- The account is to be deactivated and another one joined (R15, choice "move").
  moving boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (application_id, kind, subject_id)
);
CREATE UNIQUE INDEX links_remote ON links (application_id, kind, remote_id) WHERE remote_id IS NOT NULL;
-- No other index begins with (application_id, kind) for every row: on a table that has just grown and has no statistics yet,
-- the planner would take such an index for as good as the primary key and read the whole application for each record.
CREATE INDEX links_key ON links (key, application_id, kind);
CREATE INDEX links_active ON links (application_id, kind) WHERE state = 'active';
CREATE INDEX links_trouble ON links (application_id, kind) WHERE error IS NOT NULL OR attention IS NOT NULL;

-- The memberships that the target accepted, or (with `error`) refused (R22, R26).
CREATE TABLE link_members (
  application_id uuid NOT NULL,
  group_id uuid NOT NULL,
  user_id uuid NOT NULL,
  error jsonb,
  PRIMARY KEY (application_id, group_id, user_id)
);
CREATE INDEX link_members_user ON link_members (user_id, application_id);

-- What is to be looked at again: a set, not a log. A settle deletes a row only at the generation that it worked on.
CREATE TABLE pending (
  application_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('user', 'group')),
  subject_id uuid NOT NULL,
  generation bigint NOT NULL DEFAULT 1,
  -- 0: may be a leaver, goes first (R45); 1: everything else.
  priority smallint NOT NULL,
  due_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  -- Groups: compare the whole membership, not only pending_members.
  whole boolean NOT NULL DEFAULT false,
  hold_id uuid,
  -- An administrator approved this leaver: the brake lets it pass (R46).
  approved boolean NOT NULL DEFAULT false,
  cause jsonb,
  PRIMARY KEY (application_id, kind, subject_id)
);
CREATE INDEX pending_due ON pending (application_id, kind, priority, due_at, subject_id) WHERE hold_id IS NULL;
CREATE INDEX pending_held ON pending (hold_id) WHERE hold_id IS NOT NULL;

CREATE TABLE pending_members (
  application_id uuid NOT NULL,
  group_id uuid NOT NULL,
  user_id uuid NOT NULL,
  generation bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (application_id, group_id, user_id)
);

-- One lane an application, one writer a lane (R43).
CREATE TABLE lanes (
  application_id uuid PRIMARY KEY REFERENCES applications ON DELETE CASCADE,
  due_at timestamptz NOT NULL DEFAULT 'infinity',
  owner text,
  until timestamptz,
  epoch bigint NOT NULL DEFAULT 0,
  in_flight integer NOT NULL DEFAULT 0,
  -- An inventory of the target was asked for.
  inventory_due_at timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX lanes_due ON lanes (due_at);

-- The steps of users that are under way, by the epoch that sends them: whoever takes the lane over looks for the creates and
-- says the others again (R42). Not in the lane's own row, which every settle locks.
CREATE TABLE lane_sending (
  application_id uuid NOT NULL REFERENCES lanes ON DELETE CASCADE,
  epoch bigint NOT NULL,
  steps json NOT NULL,
  PRIMARY KEY (application_id, epoch)
);

-- Leavers that wait for an administrator (R46); the records are pending.hold_id.
CREATE TABLE holds (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
  reason text NOT NULL,
  detail jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  decided_at timestamptz,
  decided_by text
);
CREATE INDEX holds_application ON holds (application_id, created_at);

-- Every operation (R48).
CREATE TABLE events (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL CHECK (kind IN ('user', 'group', 'application')),
  subject_id uuid NOT NULL,
  subject_name text NOT NULL,
  operation text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done', 'later', 'again', 'refused', 'stopped')),
  sentence text NOT NULL,
  -- json and not jsonb: kept as it was written, and read one event at a time.
  changes json,
  exchanges json,
  duration_ms integer,
  attempt integer NOT NULL DEFAULT 1,
  -- A deactivation that counts against the brake's hour (R46).
  deactivation boolean NOT NULL DEFAULT false,
  cause json
);
CREATE INDEX events_application ON events (application_id, id);
CREATE INDEX events_subject ON events (subject_id, id);
CREATE INDEX events_deactivation ON events (application_id, at) WHERE deactivation;

-- What the last inventory found in the target, page by page.
CREATE TABLE remote_resources (
  application_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('user', 'group')),
  remote_id text NOT NULL,
  key text NOT NULL,
  representation jsonb NOT NULL,
  run uuid NOT NULL,
  PRIMARY KEY (application_id, kind, remote_id)
);
CREATE INDEX remote_resources_key ON remote_resources (application_id, kind, key);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  role text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz
);
