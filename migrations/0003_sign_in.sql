-- The directory users to whom a role in Rollcall was given.
CREATE TABLE administrators (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  role text NOT NULL,
  given_at timestamptz NOT NULL DEFAULT now()
);
