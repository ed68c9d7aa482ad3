//! What a user shows besides the password, as JSON.

use super::{Time, time};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is set up.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mfa {
    /// True when a login asks for `totp`.
    pub totp_enabled: bool,
    /// Since when; null: it does not.
    pub totp_enabled_at: Option<Time>,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: u32,
}

impl From<proto::Factors> for Mfa {
    fn from(factors: proto::Factors) -> Self {
        Self {
            totp_enabled: factors.totp_enabled_at.is_some(),
            totp_enabled_at: time(factors.totp_enabled_at),
            recovery_codes_left: factors.recovery_codes_left,
        }
    }
}

/// Who asks.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reauthentication {
    /// Yours. Without it, you must have signed in within the last ten minutes.
    pub password: Option<String>,
}

/// A secret for an authenticator app.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpEnrolment {
    /// In base32, to be typed. Shown once.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    pub secret: String,
    /// To be shown as a QR code.
    #[schema(
        example = "otpauth://totp/Trading%20Journal:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Trading%20Journal"
    )]
    pub otpauth_uri: String,
    /// Seconds within which it can be confirmed.
    pub expires_in: u32,
}

impl From<proto::EnrollTotpResponse> for TotpEnrolment {
    fn from(enrolment: proto::EnrollTotpResponse) -> Self {
        let proto::EnrollTotpResponse { secret, otpauth_uri, expires_in } = enrolment;
        Self { secret, otpauth_uri, expires_in }
    }
}

/// Shows that the app makes the right codes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmTotp {
    /// The six digits that the app shows.
    #[schema(example = "123456")]
    pub code: String,
}

/// What lets you in when the app is lost, each once. Shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodes {
    pub recovery_codes: Vec<String>,
}

impl From<proto::RecoveryCodes> for RecoveryCodes {
    fn from(codes: proto::RecoveryCodes) -> Self {
        Self { recovery_codes: codes.codes }
    }
}
