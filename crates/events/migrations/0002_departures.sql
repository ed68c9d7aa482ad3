-- Users whose rows were deleted for good: what is told of them late changes nothing. No column is called user_id: there is nothing here to keep apart.
CREATE TABLE departures (
    id uuid PRIMARY KEY,
    departed_at timestamptz NOT NULL DEFAULT now()
);
