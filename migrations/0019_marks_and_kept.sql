-- The generation of a mark is never used twice: a mark that was deleted and made again would have the one of the old mark, and an
-- answer to what was sent before would end it. Beyond all that have been counted so far; it says which mark, and not in what order.
CREATE SEQUENCE generations AS bigint START WITH 1000000000 CACHE 1000;
ALTER TABLE pending ALTER COLUMN generation SET DEFAULT nextval('generations');
ALTER TABLE pending_members ALTER COLUMN generation SET DEFAULT nextval('generations');

-- Who is left alone, imported (R34) or kept (R46), until they are assigned.
DROP INDEX links_unmanaged;
CREATE INDEX links_left_alone ON links (application_id, subject_id) WHERE NOT managed OR kept;
