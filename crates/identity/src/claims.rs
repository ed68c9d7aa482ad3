//! What an access token says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Life of an access token: short, so that a stolen one is worth little.
pub const ACCESS_TOKEN_SECONDS: u32 = 300;

/// Who signed.
pub(crate) const ISSUER: &str = "journal-auth";
/// For whom.
pub(crate) const AUDIENCE: &str = "journal";
/// The header's `typ` (RFC 9068): a token of another kind is never taken for this one.
pub(crate) const TYPE: &str = "at+jwt";

/// The claims of RFC 9068, all required and typed: a missing or mistyped one fails to parse.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    pub jti: Uuid,
}

impl Claims {
    /// True when the token lives some time, and no longer than auth lets one live.
    pub fn is_short_lived(&self) -> bool {
        let life = self.exp.checked_sub(self.iat);
        life.is_some_and(|seconds| (1..=i64::from(ACCESS_TOKEN_SECONDS)).contains(&seconds))
    }
}
