//! What an access token says.

use crate::{Role, Scope};
use serde::{Deserialize, Deserializer, Serialize};
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
    /// Only in a derived token: what it may do. Null is no scope, and nothing else than a scope is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub scope: Option<Scope>,
    /// Only in a token derived for somebody else than `sub` (RFC 8693, 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub act: Option<Actor>,
    /// Only in a session's token: what its user is. Who signed before there were roles said nothing, and meant a user.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub role: Option<Role>,
}

/// Who acts on behalf of `sub`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Actor {
    pub sub: Uuid,
}

/// A claim that may be absent, but is never null.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Claims {
    /// True unless somebody acts for another who was given more than to read, or a derived token has a role.
    pub fn is_derived_as_auth_does(&self) -> bool {
        (self.act.is_none() || self.scope == Some(Scope::Read))
            && (self.scope.is_none() || self.role.is_none())
    }

    /// True when the token lives some time, and no longer than auth lets one live.
    pub fn is_short_lived(&self) -> bool {
        let life = self.exp.checked_sub(self.iat);
        life.is_some_and(|seconds| (1..=i64::from(ACCESS_TOKEN_SECONDS)).contains(&seconds))
    }
}
