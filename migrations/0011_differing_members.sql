-- Groups that were compared as a whole: the members that differ, where one request takes all of them. More get a mark each in
-- pending_members. `whole` stays until they are done with: whoever does not know of the list compares again.
ALTER TABLE pending ADD COLUMN differing uuid[];
