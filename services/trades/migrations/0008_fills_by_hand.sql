-- Null: entered by hand.
ALTER TABLE fills ALTER COLUMN import_id DROP NOT NULL;
