-- After a change of the address or the token, links may be of another target: they are made sure of before anything is written by them.
ALTER TABLE lanes ADD COLUMN unsure boolean NOT NULL DEFAULT false;
