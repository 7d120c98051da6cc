-- What the last reading found in place of what was accepted, by path: shown again after it was corrected, it is the target's own value,
-- which it keeps (R15). Null where there is none.
ALTER TABLE links ADD COLUMN own_values jsonb;
