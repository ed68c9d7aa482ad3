//! Auth over gRPC, as the gateway and the other services call it: one module per call.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and spawns what a service would not"
)]

mod account;
mod administration;
mod api_keys;
mod audit_log;
mod binary;
mod change_password;
mod cleanup;
mod door;
mod ended_meanwhile;
mod get_jwks;
mod get_me;
mod isolation;
mod list_revocations;
mod list_sessions;
mod login;
mod logout;
mod mailed;
mod mentors;
mod oidc;
mod overload;
mod passkeys;
mod refresh;
mod refresh_again;
mod register;
mod revoke_session;
mod signing_keys;
mod start;
mod support;
mod throttle;
mod totp;
mod waiting;
