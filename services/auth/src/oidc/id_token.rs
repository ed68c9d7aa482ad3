//! ID tokens: what a provider says of its user, once it is known to be the provider that says so, to us, now, and to this browser.

use anyhow::{bail, ensure};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;

/// Clocks differ.
const LEEWAY_SECONDS: u64 = 30;
const LONGEST_SUBJECT: usize = 255;

/// What an ID token says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The provider's name for its user.
    pub subject: String,
    /// The address, if the provider vouches for it.
    pub verified_email: Option<String>,
    /// May be empty.
    pub name: String,
}

#[derive(Deserialize)]
struct Payload {
    sub: String,
    /// Only that it is there: how old a token may be, `exp` says.
    #[serde(rename = "iat")]
    _iat: u64,
    /// One, or several.
    aud: Value,
    azp: Option<String>,
    nonce: String,
    email: Option<String>,
    email_verified: Option<Flag>,
    name: Option<String>,
}

/// Some providers write it as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Truth(bool),
    Text(String),
}

/// What a token must be for.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
}

/// Which key a token says it is signed with.
pub(super) fn key_id(token: &str) -> anyhow::Result<Option<String>> {
    Ok(decode_header(token)?.kid)
}

/// The claims of a token that is signed with `key` and is what was asked for.
pub(super) fn verify(token: &str, key: &Jwk, expected: &Expected<'_>) -> anyhow::Result<Claims> {
    // Of the key, never of the token: with an algorithm of his choice, anybody could sign.
    let mut validation = Validation::new(algorithm(key)?);
    validation.leeway = LEEWAY_SECONDS;
    validation.validate_nbf = true;
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let payload = decode::<Payload>(token, &DecodingKey::from_jwk(key)?, &validation)?.claims;
    ensure!(payload.nonce == expected.nonce, "the nonce is another one");
    let is_shared = payload.aud.as_array().is_some_and(|clients| clients.len() > 1);
    let is_ours = payload.azp.as_deref().map(|client| client == expected.client_id);
    ensure!(is_ours.unwrap_or(!is_shared), "the token is another client's");
    ensure!((1..=LONGEST_SUBJECT).contains(&payload.sub.len()), "the subject is too long, or empty");
    let is_verified = match payload.email_verified {
        Some(Flag::Truth(verified)) => verified,
        Some(Flag::Text(text)) => text == "true",
        None => false,
    };
    Ok(Claims {
        subject: payload.sub,
        verified_email: payload.email.filter(|_| is_verified),
        name: payload.name.unwrap_or_default(),
    })
}

/// What a key signs with: RS256, ES256 or `EdDSA`, and nothing symmetric.
fn algorithm(key: &Jwk) -> anyhow::Result<Algorithm> {
    let common = &key.common;
    let for_signatures = common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    ensure!(for_signatures, "the key is not for signatures");
    let (algorithm, name) = match &key.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
        }
        AlgorithmParameters::EllipticCurve(_)
        | AlgorithmParameters::OctetKeyPair(_)
        | AlgorithmParameters::OctetKey(_)
        | AlgorithmParameters::Other(_)
        | _ => bail!("the key is of a kind that signs no ID token here"),
    };
    ensure!(common.key_algorithm.is_none_or(|told| told == name), "the key is for another algorithm");
    Ok(algorithm)
}
