-- The name that an account had when it was chosen for an import: after another address its id may be somebody else's.
ALTER TABLE import_items ADD COLUMN key text;
-- Whoever waits was chosen from what is read at present.
UPDATE import_items i SET key = r.key
FROM imports m, remote_resources r
WHERE m.id = i.import_id AND m.state = 'running' AND i.outcome IS NULL
  AND r.application_id = m.application_id AND r.kind = 'user' AND r.remote_id = i.remote_id;
