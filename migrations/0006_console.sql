-- What the lists of the console are sorted by (src/store/users.ts, src/store/links.ts).
CREATE INDEX users_name ON users (lower(coalesce(lastname, '')), lower(coalesce(firstname, '')), lower(username));
CREATE INDEX users_state ON users (state, lower(username));
CREATE INDEX users_created ON users (created_at, lower(username));
CREATE INDEX links_name ON links (application_id, kind, lower(subject_name), subject_id);
