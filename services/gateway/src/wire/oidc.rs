//! The queries of a sign-in elsewhere.

use serde::Deserialize;
use utoipa::IntoParams;

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
