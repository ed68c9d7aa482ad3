//! Signing in elsewhere, as queries and JSON.

use super::{Time, required_time, some};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where it begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Start {
    /// A path of ours that the browser is sent to in the end; "/" by default.
    #[param(example = "/trades")]
    pub return_to: Option<String>,
    /// `true`: you are signed in, and want that account to sign you in from now on. You must have signed in within the last ten minutes.
    #[serde(default)]
    #[param(required = false)]
    pub link: bool,
}

/// What the provider sends the browser back with. What we do not know is left alone (RFC 6749, 4.1.2).
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Callback {
    /// As it was begun.
    pub state: Option<String>,
    /// What we redeem at the provider.
    pub code: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
}

/// A provider where people may sign in instead.
#[derive(Serialize, ToSchema)]
pub(crate) struct Provider {
    /// As `/v1/auth/oidc/{provider}/start` takes it.
    #[schema(example = "google")]
    pub name: String,
}

/// An account elsewhere that signs you in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Identity {
    pub id: String,
    /// Null when it is set up no more: such an account signs nobody in.
    #[schema(example = "google")]
    pub provider: Option<String>,
    /// Who vouches for it: a URL.
    #[schema(example = "https://accounts.google.com")]
    pub issuer: String,
    pub linked_at: Time,
}

impl From<String> for Provider {
    fn from(name: String) -> Self {
        Self { name }
    }
}

impl From<proto::Identity> for Identity {
    fn from(identity: proto::Identity) -> Self {
        Self {
            id: identity.id,
            provider: some(identity.provider),
            issuer: identity.issuer,
            linked_at: required_time(identity.linked_at),
        }
    }
}
