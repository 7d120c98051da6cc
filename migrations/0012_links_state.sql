-- Who is active in an application is counted by the index that finds a remote id: one index less for each link to be written to.
DROP INDEX links_active;
DROP INDEX links_remote;
CREATE UNIQUE INDEX links_remote ON links (application_id, kind, remote_id) INCLUDE (state) WHERE remote_id IS NOT NULL;
