-- An import that runs can be cancelled: whoever waits is not made, and the report says so.
ALTER TABLE import_items DROP CONSTRAINT import_items_outcome_check;
ALTER TABLE import_items ADD CONSTRAINT import_items_outcome_check
  CHECK (outcome IN ('created', 'linked', 'unchanged', 'failed', 'cancelled'));

-- Finished imports are cleared away with the log, the oldest first.
CREATE INDEX imports_finished ON imports (finished_at) WHERE state = 'done';
