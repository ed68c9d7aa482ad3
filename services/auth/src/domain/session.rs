//! Sessions: how long they live, and why they end.

use time::OffsetDateTime;
use uuid::Uuid;

/// A session ends when it has not been refreshed for so many days.
pub(crate) const IDLE_DAYS: i32 = 14;
/// A session ends so many days after sign-in, however much it is used.
pub(crate) const ABSOLUTE_DAYS: i32 = 90;
/// For so many seconds whoever consumed a refresh token may ask again and gets the same successor: an answer may be lost, and two tabs of
/// a browser may ask at once.
pub(crate) const REPEATABLE_SECONDS: f64 = 10.0;

/// A live session.
#[derive(Debug)]
pub(crate) struct Session {
    pub id: Uuid,
    pub device_name: String,
    /// Empty when unknown.
    pub ip_address: String,
    pub created_at: OffsetDateTime,
    /// When its tokens were last issued.
    pub last_used_at: OffsetDateTime,
    /// When it ends at the latest.
    pub expires_at: OffsetDateTime,
}

/// A session that was ended before its time.
#[derive(Debug)]
pub(crate) struct Revocation {
    pub user_id: Uuid,
    pub session_id: Uuid,
    pub revoked_at: OffsetDateTime,
}

/// Why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndReason {
    /// Its holder signed out.
    Logout,
    /// Its owner ended it from the list of sessions.
    Revoked,
    /// A consumed refresh token was presented: one of two holders is a thief.
    RefreshTokenReuse,
    /// The password is another one.
    PasswordChanged,
    /// Something else is asked for at sign-in.
    MfaChanged,
    /// The account is to be deleted.
    AccountDeleted,
    /// Nobody may sign in as its user any more.
    AccountDisabled,
    /// Its user has another role.
    RoleChanged,
}

impl EndReason {
    /// The word in the database, in the event and in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Revoked => "revoked",
            Self::RefreshTokenReuse => "refresh-token-reuse",
            Self::PasswordChanged => "password-changed",
            Self::MfaChanged => "mfa-changed",
            Self::AccountDeleted => "account-deleted",
            Self::AccountDisabled => "account-disabled",
            Self::RoleChanged => "role-changed",
        }
    }
}
