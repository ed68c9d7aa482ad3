//! Secrets of API keys that can be told again within the life of an idempotency key, and are stored nowhere.
//!
//! A secret is derived from a random seed under a key from the pepper. The stored answer to a request holds the seed: whoever reads the
//! database has neither the secret nor a way to it, and whoever asks again with the same idempotency key is answered as before.

use crate::{config::PasswordPepper, key_ring::KeyRing};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use identity::{ApiKey, UserId};
use runtime::secrets::{Named as _, Parsed, Secret};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;

/// 256 random bits that a key is derived from.
pub(crate) struct Seed([u8; 32]);

impl Seed {
    /// A new one.
    pub fn generate() -> Self {
        Self(rand::random())
    }

    /// As it stands in a stored answer.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Of a stored answer.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = [0; 32];
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bits).ok()?;
        (length == bits.len()).then_some(Self(bits))
    }
}

/// Derives secrets from seeds.
pub(crate) struct KeySealer {
    key: Parsed<SecretBox<[u8; 32]>>,
}

impl KeySealer {
    /// Under the first pepper: with another one, an answer of before cannot be told again.
    pub fn new(peppers: &Secret) -> anyhow::Result<Self> {
        let of_first = |ring: KeyRing| ring.first().derive("journal api keys");
        Ok(Self { key: KeyRing::follow(PasswordPepper::NAME, peppers, of_first)? })
    }

    /// The key of `user` that this seed gives.
    pub fn derive(&self, user: UserId, seed: &Seed) -> anyhow::Result<ApiKey> {
        let mut hash = Hmac::<Sha256>::new_from_slice(self.key.current().expose_secret())?;
        hash.update(user.0.as_bytes());
        hash.update(&seed.0);
        let derived: [u8; 32] = hash.finalize().into_bytes().into();
        let mut secret = [0; 24];
        for (to, from) in secret.iter_mut().zip(derived) {
            *to = from;
        }
        Ok(ApiKey::new(user, secret))
    }
}
