-- Whether an event rests in its dead queue (true), or was handled (false): only what rests may be put back to work. Of rows from before,
-- nobody knows.
ALTER TABLE inbox ADD COLUMN rests boolean;
