//! The public face of the crate: numbers, matching, and agreement with the reference.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "the tests' own support: a failure there is a failed test, and a skipped test says so"
)]

mod conversions;
mod days;
mod decimal_laws;
mod decimals;
mod fixed;
mod fractions;
mod histories;
mod matching;
mod option_strategies;
mod oracle;
mod portfolios;
mod properties;
mod regroup;
mod resolution;
mod resume;
mod strategies;
mod tax;
