//! The key pair of a service, and the tokens that it signs.

use anyhow::{Context as _, ensure};
use aws_lc_rs::{
    rand::{SecureRandom as _, SystemRandom},
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;
use time::OffsetDateTime;

/// How long a token is good for. It is made anew when half of that is over.
pub(super) const TOKEN_SECONDS: i64 = 60;

/// A service's name and its Ed25519 key pair, written `name:public:private` with both halves in base64url.
pub struct ServiceKey {
    name: String,
    pair: Ed25519KeyPair,
}

impl ServiceKey {
    /// A new key pair for the service `name`, as text.
    pub fn generate(name: &str) -> anyhow::Result<SecretString> {
        ensure!(is_name(name), "the name of a service is made of small letters and hyphens");
        let mut seed = [0; 32];
        SystemRandom::new().fill(&mut seed).context("there is no randomness")?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).context("this is no seed")?;
        let [public, private] = [pair.public_key().as_ref(), &seed].map(|half| URL_SAFE_NO_PAD.encode(half));
        Ok(SecretString::from(format!("{name}:{public}:{private}")))
    }

    /// Reads what [`ServiceKey::generate`] wrote. No error repeats the secret.
    pub fn parse(text: &SecretString) -> anyhow::Result<Self> {
        let mut parts = text.expose_secret().trim().split(':');
        let (name, public, private) = (parts.next(), parts.next(), parts.next());
        let name = name.filter(|name| is_name(name)).context("it has no name")?;
        let half = |text: Option<&str>| URL_SAFE_NO_PAD.decode(text.unwrap_or_default()).unwrap_or_default();
        let pair = Ed25519KeyPair::from_seed_and_public_key(&half(private), &half(public));
        let pair = pair.ok().filter(|_| parts.next().is_none());
        Ok(Self {
            name: name.to_owned(),
            pair: pair.context("it is not name:public:private of one key pair")?,
        })
    }

    /// The public half as an entry of `SERVICE_KEYS`.
    pub fn public_entry(&self) -> String {
        format!("{}:{}", self.name, URL_SAFE_NO_PAD.encode(self.pair.public_key()))
    }

    /// A token for calls to the service `audience`, good from `now` on for a minute.
    pub fn token(&self, audience: &str, now: OffsetDateTime) -> String {
        let said = said(&self.name, audience, now.unix_timestamp() + TOKEN_SECONDS);
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(said.as_bytes()));
        format!("{said}.{signature}")
    }
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ServiceKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a token says: who calls whom, and until when.
pub(super) fn said(name: &str, audience: &str, expires: i64) -> String {
    format!("{name}.{audience}.{expires}")
}

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_key_is_read_again_and_what_is_none_is_refused_without_repeating_it() {
        let text = ServiceKey::generate("gateway").unwrap();
        let key = ServiceKey::parse(&text).unwrap();
        assert!(text.expose_secret().starts_with(&format!("{}:", key.public_entry())));

        let other = ServiceKey::generate("gateway").unwrap();
        let (public, _) = text.expose_secret().rsplit_once(':').unwrap();
        let (_, private) = other.expose_secret().rsplit_once(':').unwrap();
        for wrong in
            ["", "gateway", public, &format!("{public}:{private}"), &format!("{}:x", text.expose_secret())]
        {
            let error = format!("{:#}", ServiceKey::parse(&wrong.to_owned().into()).unwrap_err());
            assert!(!error.contains(private), "{error}");
        }
    }

    #[test]
    fn a_name_cannot_forge_another() {
        for name in ["", "Gateway", "gate.way", "gate:way", "gate way"] {
            assert!(ServiceKey::generate(name).is_err(), "{name}");
        }
    }
}
