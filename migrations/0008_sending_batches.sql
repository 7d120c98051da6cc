-- What is under way is written down once, a batch at a time: an epoch has a row for each batch of which something has yet to end.
ALTER TABLE lane_sending ADD COLUMN batch integer NOT NULL DEFAULT 0;
ALTER TABLE lane_sending ALTER COLUMN batch DROP DEFAULT;
ALTER TABLE lane_sending DROP CONSTRAINT lane_sending_pkey, ADD PRIMARY KEY (application_id, epoch, batch);

-- A new row asks for what it refers to, and the lane's row is locked by every settle, for which it would wait.
ALTER TABLE lane_sending DROP CONSTRAINT lane_sending_application_id_fkey,
  ADD FOREIGN KEY (application_id) REFERENCES applications ON DELETE CASCADE;
