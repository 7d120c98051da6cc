-- What administrators are still to be told by mail: a connection was paused (R44), or a hold opened (R46). A row for each of
-- them, written with the pause or the hold and deleted once the mail server has taken the message. There is no foreign key to
-- the user, whose row must not be locked behind the lane.
CREATE TABLE notices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('paused', 'held')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notices_application ON notices (application_id);
