-- A create that was under way when its group was unbound may have made it: until that is answered, the group is known by the name alone
-- that it was to get, in `in_flight` as on links (R24, R42).
ALTER TABLE left_groups DROP CONSTRAINT left_groups_pkey, ALTER COLUMN remote_id DROP NOT NULL, ADD COLUMN in_flight text,
  ADD UNIQUE (application_id, remote_id), ADD CHECK (remote_id IS NOT NULL OR in_flight IS NOT NULL);
