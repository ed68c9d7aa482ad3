//! What services rely on when they call each other.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is not a service"
)]

mod collector;
mod database_login;
mod given_up;
mod links;
mod metrics_page;
mod migrations;
mod replica;
mod secrets_manager;
mod stub;
mod told;
