//! Tokens of a test's own issuer, and settings of services that trust it.

use identity::{Issuer, SessionId, UserId};
use runtime::Clock;
use secrecy::SecretString;
use std::sync::LazyLock;
use tonic::{Request, metadata::AsciiMetadataValue};
use uuid::Uuid;

static PEM: LazyLock<SecretString> = LazyLock::new(|| Issuer::generate_pem().unwrap());

/// The test's issuer, one key a process.
pub fn issuer() -> Issuer {
    Issuer::from_pem(&PEM, Clock::system()).unwrap()
}

/// The public half of [`issuer`].
pub fn jwks() -> String {
    issuer().jwks_json()
}

/// An access token of `user`, in a session of its own.
pub fn token(user: UserId) -> String {
    issuer().issue(user, SessionId(Uuid::now_v7())).unwrap().0
}

/// Settings that trust [`issuer`].
pub fn identity_settings() -> identity::Settings {
    identity::Settings {
        jwks: Some(jwks()),
        ..identity::Settings::of("http://127.0.0.1:1".to_owned(), crate::calls_of("trades"))
    }
}

/// A request that carries `token`.
pub fn with_bearer<T>(message: T, token: &str) -> Request<T> {
    let mut request = Request::new(message);
    request
        .metadata_mut()
        .insert("authorization", AsciiMetadataValue::try_from(format!("Bearer {token}")).unwrap());
    request
}
