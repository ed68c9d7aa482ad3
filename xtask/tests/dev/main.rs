//! The commands as a person calls them, on a folder of their own.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

mod checking;
mod nothing_runs;
mod stopping;
mod support;
