//! The analytics service as its callers see it: real database, real broker, real gRPC.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod get_breakdown;
mod get_calendar;
mod get_equity;
mod get_summary;
mod projections;
mod support;
