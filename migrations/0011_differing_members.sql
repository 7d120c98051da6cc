-- Small groups that were compared as a whole: the members that differ. In large ones each of them gets a mark in
-- pending_members. `whole` stays until they are done with: whoever does not know of the list compares again.
ALTER TABLE pending ADD COLUMN differing uuid[];
