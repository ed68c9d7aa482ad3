//! What tests need: private servers, a database per test, a service in process, tokens, collected logs and spans. Dev-only.
//!
//! Servers come from `TEST_DATABASE_URL`, `TEST_REDIS_URL` and `TEST_AMQP_URL` when `cargo dev test` set them, else this
//! process starts its own. Everything that is shared is told apart by unique names, so that tests run side by side.

#![allow(clippy::missing_panics_doc, reason = "everything here panics when it fails: that fails the test")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test's fixture fails by panicking and speaks on the terminal"
)]

mod bad_tokens;
mod collected;
mod database;
mod isolation;
mod oidc_provider;
mod peers;
mod refusal;
mod replicated;
mod running;
mod secrets_manager;
mod settings;
mod shared_servers;
mod smtp_sink;
mod soft_authenticator;
mod template;
mod tokens;
mod waiting;

pub use bad_tokens::{BadToken, Forge, bad_tokens};
pub use collected::{Collected, collect};
pub use database::{TestDatabase, database, login};
pub use oidc_provider::{Lie, OidcProvider, Person};
pub use opentelemetry_sdk::{logs::SdkLogRecord, trace::SpanData};
pub use peers::{calls_of, link, service_key, service_keys};
pub use refusal::{assert_refused, refusal};
pub use replicated::{Replicated, replicated};
pub use running::{Running, start};
pub use secrets_manager::SecretsManager;
pub use settings::{admin, events_settings, grpc, redis_settings, telemetry, unreachable_redis};
pub use smtp_sink::{Received, SmtpSink};
pub use soft_authenticator::SoftAuthenticator;
pub use tokens::{identity_settings, issuer, jwks, token, with_bearer};
pub use waiting::eventually;

/// A file of `../shared`, where it stands beside the project; `None`, said on the terminal, where it does not.
pub fn shared_file(path: &str) -> Option<std::path::PathBuf> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: ../shared/{path} is not there");
    None
}

/// True in the long form of the suite (`cargo dev test --long`).
pub fn long_form() -> bool {
    std::env::var_os("LONG_TESTS").is_some()
}
