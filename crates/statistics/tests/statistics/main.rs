//! The public face of the crate: agreement with the reference, edge cases, and facts that hold for all trades.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "the tests' own support: a failure there is a failed test, and a skipped test says so"
)]

mod calendars;
mod catalogue;
mod comparison;
mod daily;
mod edge_cases;
mod excursions;
mod groups;
mod intervals;
mod luck;
mod monte_carlo;
mod oracle;
mod properties;
mod random;
mod samples;
mod vectors;
mod what_if;
