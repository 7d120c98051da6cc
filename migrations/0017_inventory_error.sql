-- Why the last reading of everything that an application holds came to nothing, and since when that is so: people see it until one is of use.
ALTER TABLE lanes ADD COLUMN inventory_error jsonb;
ALTER TABLE lanes ADD COLUMN inventory_error_since timestamptz;
