-- Which version of a user this is: events arrive in any order, and an old one undoes no newer one.
ALTER TABLE recipients ADD COLUMN version bigint NOT NULL DEFAULT 0;
