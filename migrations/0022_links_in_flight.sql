-- The brake counts the users whose deactivation may have been done without an answer.
CREATE INDEX links_in_flight ON links (application_id) WHERE kind = 'user' AND in_flight IS NOT NULL;
