//! What can go wrong in a call, and what the caller is told.

use crate::{domain::invalid::Invalid, oidc::Failure};
use runtime::status::{from_sqlx, internal, invalid_field, later, not_found, unavailable, with_reason};
use std::time::Duration;
use tonic::{Code, Status};

/// When an overloaded caller should come back: the queue is worked off by then.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The outcome of a call that did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A field is not what was expected.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// No such address, or not its password: nobody is told which.
    #[error("the e-mail address or the password is wrong")]
    InvalidCredentials,
    /// The password was right, and its user is asked for a code.
    #[error("a code of your authenticator app is required, or a recovery code")]
    TotpRequired,
    /// Not the code of now, or used before.
    #[error("the code is wrong, or was used before")]
    WrongCode,
    /// No passkey of ours, or not what was asked of it: nobody is told which.
    #[error("the passkey is not known here, or did not answer what was asked; try again")]
    InvalidPasskey,
    /// There is no such provider to sign in with.
    #[error("no such provider")]
    NoSuchProvider,
    /// Not begun in this browser, used before, or not what the provider may say: nobody is told which.
    #[error("the sign-in elsewhere failed, or was not begun here; try again")]
    OidcFailed,
    /// The provider does not answer.
    #[error("the provider does not answer; try again")]
    OidcUnavailable,
    /// The provider does not vouch for an address.
    #[error("the provider does not vouch for your e-mail address: register here, and link the account")]
    OidcEmailNotVerified,
    /// Whoever has it has to say so.
    #[error("there is a user with this e-mail address: sign in as always, and link the account")]
    EmailTaken,
    /// It signs somebody else in.
    #[error("the account signs another user in")]
    IdentityTaken,
    /// The session is too old for what it wants to change.
    #[error("this needs your password, or a sign-in of the last ten minutes")]
    Reauthenticate,
    /// Codes are asked for already.
    #[error("codes are asked for already: disable them first")]
    TotpAlreadyEnabled,
    /// There is no secret that could be confirmed.
    #[error("there is nothing to confirm: enroll first, and confirm within an hour")]
    TotpNotEnrolled,
    /// Recovery codes are of no use where no codes are asked for.
    #[error("no codes are asked for: enable them first")]
    TotpNotEnabled,
    /// As many as a user may have.
    #[error("there are twenty passkeys already: delete one first")]
    TooManyPasskeys,
    /// Missing, or somebody else's.
    #[error("no such passkey")]
    NoSuchPasskey,
    /// Missing, or somebody else's.
    #[error("no such account elsewhere is linked")]
    NoSuchIdentity,
    /// Unknown, expired, or of an ended session.
    #[error("the refresh token is not valid; sign in again")]
    InvalidRefreshToken,
    /// Consumed before: its session has been ended.
    #[error("the refresh token was used before, so its session has been ended; sign in again")]
    RefreshTokenReused,
    /// Of a mail: used before, void, expired or unknown.
    #[error("the token is not valid any more; ask for another mail")]
    InvalidMailedToken,
    /// The password was right, and a setting asks for more.
    #[error("the e-mail address is not verified yet; follow the link in the mail, or ask for another one")]
    EmailNotVerified,
    /// The password or passkey was right, and nobody may sign in as this user.
    #[error("the account is disabled; ask whoever runs this service")]
    AccountDisabled,
    /// The user has not the role any more.
    #[error("the role is another one by now")]
    NoAdmin,
    /// Nobody would be left to help.
    #[error("there is no other admin: give somebody else the role first")]
    LastAdmin,
    /// For an admin, who may know that there is none.
    #[error("no such user")]
    NoSuchUser,
    /// The access token is good, its session is over.
    #[error("the session has ended; sign in again")]
    SessionEnded,
    /// Missing, or somebody else's.
    #[error("no such session")]
    NoSuchSession,
    /// Unknown, expired, revoked, or mistyped.
    #[error("the API key is not valid")]
    InvalidApiKey,
    /// Missing, or somebody else's.
    #[error("no such API key")]
    NoSuchApiKey,
    /// As many as one user may have.
    #[error("there are twenty API keys already: revoke one first")]
    TooManyApiKeys,
    /// Missing, ended, or somebody else's.
    #[error("no such mentor")]
    NoSuchMentor,
    /// As many as one user may have.
    #[error("there are ten mentors and invitations already: end one first")]
    TooManyMentors,
    /// Told once, and it cannot be told again.
    #[error(
        "the secret of this key was told before and cannot be told again: revoke the key and make another"
    )]
    SecretGone,
    /// The hashing bulkhead is full.
    #[error("too many sign-ins at once; try again")]
    Overloaded,
    /// Too many wrong passwords of late, for this account or from this address.
    #[error("too many attempts; try again later, or on a device on which you signed in before")]
    TooManyAttempts {
        /// Seconds until another one is heard.
        retry_after: u32,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// Something that should not happen.
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match &failure {
            Failure::Unavailable(_) => {
                tracing::warn!(%failure, "cannot sign in elsewhere");
                Self::OidcUnavailable
            }
            Failure::Refused(_) => {
                tracing::info!(%failure, "a sign-in elsewhere was refused");
                Self::OidcFailed
            }
        }
    }
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        let unauthenticated = |reason| with_reason(Code::Unauthenticated, reason, error.to_string());
        let conflict = |reason| with_reason(Code::FailedPrecondition, reason, error.to_string());
        match &error {
            Error::Invalid(invalid) => invalid_field(invalid.field, invalid.expected),
            Error::InvalidCredentials | Error::WrongCode => unauthenticated("invalid-credentials"),
            Error::NoSuchProvider => not_found("provider"),
            Error::OidcFailed => unauthenticated("oidc-failed"),
            Error::OidcUnavailable => unavailable(&error),
            Error::OidcEmailNotVerified => {
                with_reason(Code::PermissionDenied, "oidc-email-not-verified", error.to_string())
            }
            Error::EmailTaken => with_reason(Code::AlreadyExists, "email-taken", error.to_string()),
            Error::IdentityTaken => with_reason(Code::AlreadyExists, "identity-taken", error.to_string()),
            Error::InvalidPasskey => unauthenticated("invalid-passkey"),
            Error::TooManyPasskeys => conflict("too-many-passkeys"),
            Error::NoSuchPasskey => not_found("passkey"),
            Error::NoSuchIdentity => not_found("identity"),
            Error::TotpRequired => unauthenticated("totp-required"),
            Error::Reauthenticate => {
                with_reason(Code::PermissionDenied, "reauthentication-required", error.to_string())
            }
            Error::TotpAlreadyEnabled => conflict("totp-already-enabled"),
            Error::TotpNotEnrolled => conflict("totp-not-enrolled"),
            Error::TotpNotEnabled => conflict("totp-not-enabled"),
            Error::InvalidRefreshToken => unauthenticated("invalid-refresh-token"),
            Error::RefreshTokenReused => unauthenticated("refresh-token-reused"),
            Error::InvalidMailedToken => {
                with_reason(Code::InvalidArgument, "invalid-token", error.to_string())
            }
            Error::EmailNotVerified => {
                with_reason(Code::PermissionDenied, "email-not-verified", error.to_string())
            }
            Error::AccountDisabled => {
                with_reason(Code::PermissionDenied, "account-disabled", error.to_string())
            }
            Error::NoAdmin => not_found("call"),
            Error::LastAdmin => conflict("last-admin"),
            Error::NoSuchUser => not_found("user"),
            Error::SessionEnded => unauthenticated("session-ended"),
            Error::NoSuchSession => not_found("session"),
            Error::InvalidApiKey => unauthenticated("invalid-api-key"),
            Error::NoSuchApiKey => not_found("API key"),
            Error::TooManyApiKeys => conflict("too-many-api-keys"),
            Error::NoSuchMentor => not_found("mentor"),
            Error::TooManyMentors => conflict("too-many-mentors"),
            Error::SecretGone => conflict("secret-gone"),
            Error::Overloaded => later(Code::Unavailable, "overloaded", error.to_string(), RETRY_AFTER),
            Error::TooManyAttempts { retry_after } => {
                let wait = Duration::from_secs((*retry_after).into());
                later(Code::ResourceExhausted, "too-many-attempts", error.to_string(), wait)
            }
            Error::Database(cause) => from_sqlx(cause),
            Error::Internal(_) => internal(&error),
        }
    }
}
