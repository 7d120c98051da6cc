-- Those whose deactivation an administrator rejected (R46), and what the last reading found otherwise and left as it is: each is counted
-- with how an application stands, and is a list of its own.
CREATE INDEX links_kept ON links (application_id, subject_id) WHERE kept;
CREATE INDEX links_drift ON links (application_id, kind, subject_id) WHERE drift IS NOT NULL;
