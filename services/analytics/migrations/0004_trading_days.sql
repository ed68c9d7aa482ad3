-- What a trading day of an account is: the date in a zone, so much ahead of the clock there (17:00 belongs to the next day
-- where that is seven hours). Made of its session calendar; accounts kept before have midnight on their own clock.
ALTER TABLE accounts
    ADD COLUMN day_zone text NOT NULL DEFAULT 'UTC',
    ADD COLUMN day_lead interval NOT NULL DEFAULT '0';
UPDATE accounts SET day_zone = time_zone;
