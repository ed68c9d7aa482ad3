//! The audit log: what happened to an account, written in the transaction that did it.

use crate::{db::audit_log, domain::device::Device};
use identity::{SessionId, UserId};
use runtime::postgres;
use sqlx::PgConnection;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A session was opened.
    SignedIn,
    /// The address was right, something else was not.
    SignInFailed,
    /// A session's holder ended it.
    SignedOut,
    /// A session was ended from the list of sessions.
    SessionRevoked,
    /// A consumed refresh token was presented, and its session ended.
    RefreshTokenReused,
    /// The password was changed by the old one.
    PasswordChanged,
    /// The password was set by a mailed token.
    PasswordReset,
    /// The address proved to be the user's.
    EmailVerified,
    /// Codes of an authenticator app are asked for.
    TotpEnabled,
    /// They are not asked for any more.
    TotpDisabled,
    /// A recovery code opened a session.
    RecoveryCodeUsed,
    /// There are new recovery codes.
    RecoveryCodesRenewed,
    /// An API key was made.
    ApiKeyCreated,
    /// An API key was revoked.
    ApiKeyRevoked,
    /// Somebody was invited to read the journal: the log names the address.
    MentorInvited,
    /// The invitation was accepted, by whom the log names.
    MentorAccepted,
    /// Somebody reads the journal no more, or is not invited any more.
    MentorEnded,
    /// The user may read the journal of whom the log names.
    InvitationAccepted,
    /// The user gave that up.
    MentoringEnded,
    /// Another name.
    ProfileChanged,
    /// Another address was asked for, which the log names.
    EmailChangeRequested,
    /// The address is another one, which the log names.
    EmailChanged,
    /// The account is to be deleted.
    DeletionRequested,
    /// The account stays after all.
    DeletionUndone,
    /// There is another passkey.
    PasskeyAdded,
    /// A passkey is good for nothing any more.
    PasskeyRemoved,
    /// An account elsewhere signs the user in from now on.
    IdentityLinked,
    /// An account elsewhere signs the user in no more.
    IdentityUnlinked,
    /// Nobody signs in as the user any more: the log names who decided that.
    AccountDisabled,
    /// The user may sign in again, by whom the log names.
    AccountEnabled,
    /// Another role, which the log names, and who gave it.
    RoleChanged,
}

impl Kind {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignedOut => "signed-out",
            Self::SessionRevoked => "session-revoked",
            Self::RefreshTokenReused => "refresh-token-reused",
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::EmailVerified => "email-verified",
            Self::TotpEnabled => "totp-enabled",
            Self::TotpDisabled => "totp-disabled",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::RecoveryCodesRenewed => "recovery-codes-renewed",
            Self::ApiKeyCreated => "api-key-created",
            Self::ApiKeyRevoked => "api-key-revoked",
            Self::MentorInvited => "mentor-invited",
            Self::MentorAccepted => "mentor-accepted",
            Self::MentorEnded => "mentor-ended",
            Self::InvitationAccepted => "invitation-accepted",
            Self::MentoringEnded => "mentoring-ended",
            Self::ProfileChanged => "profile-changed",
            Self::EmailChangeRequested => "email-change-requested",
            Self::EmailChanged => "email-changed",
            Self::DeletionRequested => "deletion-requested",
            Self::DeletionUndone => "deletion-undone",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::IdentityLinked => "identity-linked",
            Self::IdentityUnlinked => "identity-unlinked",
            Self::AccountDisabled => "account-disabled",
            Self::AccountEnabled => "account-enabled",
            Self::RoleChanged => "role-changed",
        }
    }
}

/// Where it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// From whoever holds this session, on the device that opened it.
    Session(SessionId),
    /// From this device.
    Device(&'a Device),
    /// By a mail, or by the product itself.
    Unknown,
}

/// Adds a line to the log of `user`; `detail` says what it happened to, and may be empty. `tx` acts for the user from then on.
pub(crate) async fn record(
    tx: &mut PgConnection,
    user: UserId,
    kind: Kind,
    detail: &str,
    origin: Origin<'_>,
) -> sqlx::Result<()> {
    postgres::act_for(&mut *tx, user.0).await?;
    match origin {
        Origin::Session(session) => {
            audit_log::insert_of_session(tx, user, kind.as_str(), detail, session).await
        }
        Origin::Device(device) => audit_log::insert(tx, user, kind.as_str(), detail, device).await,
        Origin::Unknown => audit_log::insert(tx, user, kind.as_str(), detail, &Device::new("", "")).await,
    }
}
