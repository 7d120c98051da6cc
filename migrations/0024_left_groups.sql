-- What a group that was unbound is in the target, where it is left as it is: bound again, it is that one, whatever either is called by
-- then (R24). A remote id is the last one's that had it.
CREATE TABLE left_groups (
  application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  remote_id text NOT NULL,
  key text,
  accepted jsonb NOT NULL,
  PRIMARY KEY (application_id, remote_id)
);
CREATE INDEX left_groups_group ON left_groups (group_id, application_id);

-- A group that is there, and has to be read before anything else: its membership is to become the directory's (R21).
ALTER TABLE links ADD COLUMN take_over boolean NOT NULL DEFAULT false;
