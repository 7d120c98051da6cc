-- Imports, readings and stops of one connection take turns on its roster: it is there before the first reading has begun.
ALTER TABLE rosters DROP CONSTRAINT rosters_state_check;
ALTER TABLE rosters ADD CONSTRAINT rosters_state_check CHECK (state IN ('never', 'reading', 'read', 'failed'));
