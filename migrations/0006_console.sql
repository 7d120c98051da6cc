-- What the lists of the console are sorted by (src/store/users.ts, src/store/links.ts).
CREATE INDEX users_name ON users (lower(coalesce(lastname, '')), lower(coalesce(firstname, '')), lower(username));
CREATE INDEX users_state ON users (state, lower(username));
CREATE INDEX users_created ON users (created_at, lower(username));
CREATE INDEX links_name ON links (application_id, kind, lower(subject_name), subject_id);

-- Those who left, and what went wrong, are few among the operations (src/store/insights.ts).
CREATE INDEX events_left ON events (application_id, id) WHERE operation IN ('deactivateUser', 'deleteUser') AND outcome = 'done';
CREATE INDEX events_failed ON events (application_id, id) WHERE outcome IN ('refused', 'later', 'stopped');
