//! Mails about an account, and the tokens in them.

use crate::db::profiles::UNDO_DAYS;

/// What a mailed token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To show that the address is the user's.
    VerifyEmail,
    /// To set a new password without the old one.
    ResetPassword,
    /// To show that another address is the user's.
    ChangeEmail,
    /// To keep an account that is to be deleted.
    UndoDeletion,
}

impl Purpose {
    /// The word in the database, and the kind of the mail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify-email",
            Self::ResetPassword => "reset-password",
            Self::ChangeEmail => "change-email",
            Self::UndoDeletion => "undo-deletion",
        }
    }

    /// How long the token is good.
    pub fn hours(self) -> i32 {
        match self {
            Self::VerifyEmail | Self::ChangeEmail => 24,
            Self::ResetPassword => 1,
            Self::UndoDeletion => 24 * UNDO_DAYS,
        }
    }
}

/// A mail without a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Somebody registered with an address that is registered.
    AlreadyRegistered,
    /// The password is another one.
    PasswordChanged,
    /// Codes of an authenticator app are asked for.
    TotpEnabled,
    /// They are not asked for any more.
    TotpDisabled,
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed,
    /// There are new recovery codes.
    RecoveryCodesRenewed,
    /// A refresh token came a second time: its session is ended.
    RefreshTokenReused,
    /// There is another API key.
    ApiKeyCreated,
    /// Another address was asked for.
    EmailChangeRequested,
    /// The address is another one: for whoever reads the old one.
    EmailChanged,
    /// Somebody who was invited reads the user's journal from now on.
    MentorAccepted,
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
    /// Nobody signs in as the user any more.
    AccountDisabled,
    /// The user may sign in again.
    AccountEnabled,
    /// The user has another role.
    RoleChanged,
}

impl Notice {
    /// The kind of the mail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AlreadyRegistered => "already-registered",
            Self::PasswordChanged => "password-changed",
            Self::TotpEnabled => "totp-enabled",
            Self::TotpDisabled => "totp-disabled",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::RecoveryCodesRenewed => "recovery-codes-renewed",
            Self::RefreshTokenReused => "refresh-token-reused",
            Self::ApiKeyCreated => "api-key-created",
            Self::EmailChangeRequested => "email-change-requested",
            Self::EmailChanged => "email-changed",
            Self::MentorAccepted => "mentor-accepted",
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
