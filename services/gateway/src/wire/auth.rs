//! Sign-in, sessions and the caller's profile as JSON.

use super::{Time, required_time};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Register {
    #[schema(example = "ada@example.com")]
    pub email: String,
    /// 15 to 128 characters, any that can be typed; neither a common password nor made of the address or the names.
    pub password: String,
    pub display_name: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// `accepted`, whether the address was free or taken.
    pub status: &'static str,
}

/// Where the tokens go.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delivery {
    /// Two `HttpOnly` cookies, for browsers.
    #[default]
    Cookie,
    /// The answer's body, for everybody else.
    Body,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Login {
    pub email: String,
    pub password: String,
    /// Shown in the list of sessions; absent: made from the `User-Agent`, such as "Firefox on Linux".
    pub device_name: Option<String>,
    /// What an earlier sign-in with `"delivery": "body"` answered; browsers have a cookie for it. With it, wrong passwords of
    /// others keep you out of nothing.
    pub device_token: Option<String>,
    /// Six digits of your authenticator app, or a recovery code; asked for by `totp-required`.
    pub totp: Option<String>,
    #[serde(default)]
    pub delivery: Delivery,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refresh {
    /// Absent: the cookie is used, and set anew.
    pub refresh_token: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SignedIn {
    pub access_token: String,
    /// `Bearer`.
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    pub expires_in: u32,
    /// Only with `"delivery": "body"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Only after a login with `"delivery": "body"`: keep it, also after signing out, and present it at the next login.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_token: Option<String>,
    pub user: User,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct User {
    pub id: String,
    pub email: String,
    pub display_name: String,
    /// True when the user showed that the address is theirs.
    pub email_verified: bool,
    /// `user`, `mentor` or `admin`.
    pub role: String,
    pub created_at: Time,
}

impl From<proto::User> for User {
    fn from(user: proto::User) -> Self {
        Self {
            id: user.id,
            email: user.email,
            display_name: user.display_name,
            email_verified: user.email_verified,
            role: user.role,
            created_at: required_time(user.created_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    pub id: String,
    pub device_name: String,
    pub ip_address: String,
    pub created_at: Time,
    pub last_used_at: Time,
    pub expires_at: Time,
    /// True for the session that asks.
    pub current: bool,
}

impl From<proto::Session> for Session {
    fn from(session: proto::Session) -> Self {
        Self {
            id: session.id,
            device_name: session.device_name,
            ip_address: session.ip_address,
            created_at: required_time(session.created_at),
            last_used_at: required_time(session.last_used_at),
            expires_at: required_time(session.expires_at),
            current: session.current,
        }
    }
}
