//! The header of an access token: exactly what auth writes, nothing that a token could choose by itself.

use crate::claims::TYPE;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

/// The three members that auth writes (RFC 9068). Any other (`jku`, `jwk`, `x5u`, `crit`, `zip`, ...) is refused, as is one
/// that is there twice: a token never brings its own key, algorithm or rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    #[serde(rename = "alg")]
    _alg: OnlyAlgorithm,
    typ: String,
    /// Which of auth's keys signed.
    pub kid: String,
}

#[derive(Debug, Deserialize)]
enum OnlyAlgorithm {
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl Header {
    /// The header of a token; `None`: it is not one of ours.
    pub fn of(token: &str) -> Option<Self> {
        let (header, _) = token.split_once('.')?;
        let json = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: Self = serde_json::from_slice(&json).ok()?;
        (header.typ == TYPE).then_some(header)
    }
}
