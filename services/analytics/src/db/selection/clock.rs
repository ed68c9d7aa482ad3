//! Clocks and days of accounts, as SQL.

/// The zone that a column names, as PostgreSQL has to be told it. It also knows abbreviations, looks for those first, and `CET` and its
/// like have no daylight saving time there: they go by the names of what the tz database links them to.
macro_rules! zone {
    ($column:literal) => {
        concat!(
            "(CASE ",
            $column,
            " WHEN 'CET' THEN 'Europe/Brussels' WHEN 'MET' THEN 'Europe/Brussels' WHEN 'EET' THEN 'Europe/Athens'
             WHEN 'WET' THEN 'Europe/Lisbon' ELSE coalesce(",
            $column,
            ", 'UTC') END)"
        )
    };
}

/// When a trade closed, on its account's clock.
pub(in crate::db) const CLOCK: &str = concat!("t.closed_at AT TIME ZONE ", zone!("a.time_zone"));

/// The trading day on which a trade closed: what [`statistics::Calendar::session_of`] says, as SQL.
pub(in crate::db) const DAY: &str = concat!(
    "(t.closed_at AT TIME ZONE ",
    zone!("a.day_zone"),
    " + coalesce(a.day_lead, interval '0'))::date"
);

/// The day of any time, likewise.
pub(in crate::db) fn day_of(column: &str) -> String {
    DAY.replace("t.closed_at", column)
}
