-- Whose signature the applications trust. Private keys are encrypted (src/store/secrets.ts), with the row's id as additional data.
-- `next` is announced in the metadata, `current` signs, `retired` is kept there until it is removed.
CREATE TABLE saml_certificates (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('next', 'current', 'retired')),
  certificate text NOT NULL,
  not_before timestamptz NOT NULL,
  not_after timestamptz NOT NULL,
  key_id text NOT NULL,
  nonce bytea NOT NULL,
  ciphertext bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX saml_certificates_application ON saml_certificates (application_id);
CREATE UNIQUE INDEX saml_certificates_one ON saml_certificates (application_id, state) WHERE state <> 'retired';

-- Ids of messages that were accepted, for as long as their repetition would be young enough to be accepted as well.
CREATE TABLE saml_messages (
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  message_id text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (application_id, message_id)
);
CREATE INDEX saml_messages_expiry ON saml_messages (expires_at);

-- AuthnRequests that wait for their answer: somebody signs in meanwhile. Only the SHA-256 of the token in the address is kept.
CREATE TABLE saml_requests (
  token_hash bytea PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  content jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX saml_requests_application ON saml_requests (application_id);
CREATE INDEX saml_requests_expiry ON saml_requests (expires_at);

-- At which applications a session has signed its person in, and under which name: for single logout.
CREATE TABLE saml_sessions (
  session_index text PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  name_id text NOT NULL,
  name_id_format text NOT NULL,
  UNIQUE (session_id, application_id)
);
CREATE INDEX saml_sessions_application ON saml_sessions (application_id, name_id);

-- Single logouts under way: which applications are still to hear of it, one after the other, and who is told at the end.
CREATE TABLE saml_logouts (
  -- The id of the LogoutRequest whose answer is waited for.
  awaits text PRIMARY KEY,
  state jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX saml_logouts_expiry ON saml_logouts (expires_at);
