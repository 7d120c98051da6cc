-- To whom a role was given. A user without a row administers nothing, and signs in all the same.
CREATE TABLE administrators (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('administrator', 'manager', 'help-desk', 'read-only')),
  created_at timestamptz NOT NULL DEFAULT now()
);
