-- People who sign in to Rollcall itself are users of the directory; here is what proves who they are, and that they did.

-- To whom a role was given. A user without a row administers nothing, and signs in all the same.
CREATE TABLE administrators (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('administrator', 'manager', 'help-desk', 'read-only')),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- An Argon2id hash in the PHC string format, which names its own parameters.
CREATE TABLE passwords (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  hash text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Second factors. The secret of a `totp` is sealed as those in `secrets`, under the id `factor/<id>`; `last_step` is the
-- newest time step of which a code was accepted (RFC 6238 §5.2: none twice). It is no factor before a first code proved it.
CREATE TABLE factors (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('totp', 'passkey')),
  label text NOT NULL,
  key_id text,
  nonce bytea,
  ciphertext bytea,
  last_step bigint,
  credential_id text UNIQUE,
  public_key bytea,
  sign_count bigint NOT NULL DEFAULT 0,
  transports jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  last_used_at timestamptz,
  CHECK ((kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL)),
  CHECK ((kind = 'totp') = (key_id IS NOT NULL AND nonce IS NOT NULL AND ciphertext IS NOT NULL))
);
CREATE INDEX factors_user ON factors (user_id);

-- A code is gone when it was used. 80 random bits each, so that a plain SHA-256 cannot be turned back.
CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  hash bytea NOT NULL,
  PRIMARY KEY (user_id, hash)
);

-- `token_hash` is the SHA-256 of the cookie. A session ends at `expires_at`, and when it rested for `idle_seconds`.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  methods jsonb NOT NULL,
  authenticated_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  idle_seconds integer NOT NULL,
  expires_at timestamptz NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Somebody whose password was right, and whose second factor is still to come. `browser` is the SHA-256 of the cookie.
CREATE TABLE half_sign_ins (
  browser bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

-- What a passkey has to sign next, in one browser (WebAuthn §13.4.3: each once).
CREATE TABLE passkey_challenges (
  browser bytea PRIMARY KEY,
  challenge text NOT NULL,
  expires_at timestamptz NOT NULL
);

-- Links that work once. Only the SHA-256 of the token is kept.
CREATE TABLE one_time_links (
  token_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('first-administrator', 'password-reset')),
  user_id uuid REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  CHECK ((purpose = 'password-reset') = (user_id IS NOT NULL))
);

-- Failed attempts by what they were aimed at or came from: a SHA-256, since a mistyped user name may be a password.
CREATE TABLE throttles (
  key bytea PRIMARY KEY,
  failures integer NOT NULL,
  failed_at timestamptz NOT NULL,
  wait_until timestamptz NOT NULL
);
CREATE INDEX throttles_age ON throttles (failed_at);
