-- Memberships that the target refused are counted in every status, and are few among many.
CREATE INDEX link_members_refused ON link_members (application_id, group_id) WHERE error IS NOT NULL;
