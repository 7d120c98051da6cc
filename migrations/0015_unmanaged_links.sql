-- The links that an import made and that are not looked after yet, found at every change of who is assigned; there are few.
CREATE INDEX links_unmanaged ON links (application_id, subject_id) WHERE NOT managed;
-- Until now a link was looked after from the first look at its user, and not from the change that assigned them.
UPDATE links l SET managed = true
WHERE l.kind = 'user' AND NOT l.managed AND EXISTS (
  SELECT 1 FROM users u JOIN group_members gm ON gm.user_id = u.id
  JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = l.application_id
  WHERE u.id = l.subject_id AND u.state = 'active');
