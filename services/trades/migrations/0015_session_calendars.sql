-- The id of the calendar that says which days are trading days; empty: Mondays to Fridays.
ALTER TABLE accounts ADD COLUMN session_calendar text NOT NULL DEFAULT '';
