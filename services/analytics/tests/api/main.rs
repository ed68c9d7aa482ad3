//! The analytics service as its callers see it: real database, real broker, real gRPC.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod boot;
mod cash_flows;
mod compare_cohorts;
mod filters;
mod get_breakdown;
mod get_calendar;
mod get_distribution;
mod get_equity;
mod get_excursions;
mod get_risk;
mod get_summary;
mod isolation;
mod labels;
mod list_metrics;
mod projections;
mod replica;
mod session_calendars;
mod settings;
mod support;
