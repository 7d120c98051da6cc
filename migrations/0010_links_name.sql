-- Only for lists, which say so: while the planner does not know how many links an application has, any other index that begins
-- with the application passes for the primary key, and each look-up of one link reads all of them.
DROP INDEX links_name;
CREATE INDEX links_name ON links (application_id, kind, lower(subject_name), subject_id) WHERE lower(subject_name) >= '';
