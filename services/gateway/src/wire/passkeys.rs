//! Passkeys as JSON. What browsers make and take of them is WebAuthn's own JSON, which is passed on as it is.

use super::{Time, auth::Delivery, required_time, time};
use crate::problem::Problem;
use http::StatusCode;
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What has begun: good for five minutes, and for one answer.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the word that the answer is sent back with")]
pub(crate) struct Ceremony {
    /// To be sent back with the answer.
    pub ceremony: String,
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` of a browser.
    #[schema(value_type = Object)]
    pub options: Value,
    /// Seconds within which it can be finished.
    pub expires_in: u32,
}

impl TryFrom<proto::Ceremony> for Ceremony {
    type Error = Problem;

    fn try_from(begun: proto::Ceremony) -> Result<Self, Problem> {
        let options = serde_json::from_str(&begun.options_json)
            .map_err(|_| Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR))?;
        Ok(Self { ceremony: begun.ceremony, options, expires_in: begun.expires_in })
    }
}

/// What the browser made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishRegistration {
    /// As it was begun.
    pub ceremony: String,
    /// How you tell it from others; "Passkey" by default.
    #[schema(example = "Phone")]
    pub name: Option<String>,
    /// `PublicKeyCredential.toJSON()` of the browser (WebAuthn's `RegistrationResponseJSON`).
    #[schema(value_type = Object)]
    pub credential: Map<String, Value>,
}

impl From<FinishRegistration> for proto::FinishRegistrationRequest {
    fn from(body: FinishRegistration) -> Self {
        Self {
            ceremony: body.ceremony,
            name: body.name.unwrap_or_default(),
            credential_json: Value::Object(body.credential).to_string(),
        }
    }
}

/// What the browser signed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishLogin {
    /// As it was begun.
    pub ceremony: String,
    /// `PublicKeyCredential.toJSON()` of the browser (WebAuthn's `AuthenticationResponseJSON`).
    #[schema(value_type = Object)]
    pub credential: Map<String, Value>,
    /// Shown in the list of sessions.
    pub device_name: Option<String>,
    /// As of a login by password.
    pub device_token: Option<String>,
    #[serde(default)]
    pub delivery: Delivery,
}

/// A passkey.
#[derive(Serialize, ToSchema)]
pub(crate) struct Passkey {
    pub id: String,
    pub name: String,
    pub created_at: Time,
    /// Null: it has not signed anybody in.
    pub last_used_at: Option<Time>,
}

impl From<proto::Passkey> for Passkey {
    fn from(passkey: proto::Passkey) -> Self {
        Self {
            id: passkey.id,
            name: passkey.name,
            created_at: required_time(passkey.created_at),
            last_used_at: time(passkey.last_used_at),
        }
    }
}
