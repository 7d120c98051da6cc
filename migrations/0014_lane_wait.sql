-- Until when the application asked not to be asked (Retry-After, R44), where that was for long: every process keeps to it, and people see it.
ALTER TABLE lanes ADD COLUMN wait_until timestamptz;
