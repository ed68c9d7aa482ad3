//! The keys that cursors are signed with.

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use runtime::secrets::{Given, Named, Parsed, Secrets};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use std::fmt;

const KEY_BYTES: usize = 32;
/// Of the signature: beyond anybody's luck.
const SIGNATURE_BYTES: usize = 16;
/// No other use of the same keys signs the same bytes.
const PURPOSE: &[u8] = b"journal cursor 1";

/// What cursors are signed with.
#[derive(Debug)]
pub enum CursorKeys {}

impl Named for CursorKeys {
    const NAME: &'static str = "CURSOR_KEYS";
    const MEANING: &'static str = "Keys of cursors, separated by commas or white space, as `gateway generate-cursor-key` prints them, the same for all gateways; the first one signs, the others still open";
    const ADVICE: &'static str = "`gateway generate-cursor-key` prints a key";
}

/// The keys that are given.
pub(crate) async fn keys(given: &Given<CursorKeys>, secrets: &Secrets) -> anyhow::Result<Parsed<Keys>> {
    Parsed::new(CursorKeys::NAME, &given.open(secrets).await?, Keys::parse)
}

/// A new key.
pub fn generate_cursor_key() -> SecretString {
    let key: [u8; KEY_BYTES] = rand::random();
    SecretString::from(STANDARD.encode(key))
}

/// Keys that may be in use: the first signs.
pub(crate) struct Keys(Vec<Hmac<Sha256>>);

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} keys", self.0.len())
    }
}

impl Keys {
    /// Reads keys of 32 bytes in base64, separated by commas or white space.
    pub fn parse(text: &SecretString) -> anyhow::Result<Self> {
        let entries = text.expose_secret().split(|letter: char| letter == ',' || letter.is_whitespace());
        let mut keys = Vec::new();
        for entry in entries.filter(|entry| !entry.is_empty()) {
            let key = STANDARD.decode(entry).ok().filter(|key| key.len() == KEY_BYTES);
            let key = key.and_then(|key| Hmac::new_from_slice(&key).ok());
            keys.push(key.with_context(|| {
                format!("entry {} of CURSOR_KEYS is not 32 bytes in base64", keys.len() + 1)
            })?);
        }
        anyhow::ensure!(!keys.is_empty(), "CURSOR_KEYS has no entry");
        Ok(Self(keys))
    }

    /// A signature, and behind it what was signed.
    pub(super) fn seal(&self, context: &[u8], place: &[u8]) -> Vec<u8> {
        let signature = self.0.first().map(|key| mac(key, context, place).finalize().into_bytes());
        let signature = signature.iter().flatten().take(SIGNATURE_BYTES);
        signature.chain(place).copied().collect()
    }

    /// What one of the keys signed in this context.
    pub(super) fn open<'a>(&self, context: &[u8], sealed: &'a [u8]) -> Option<&'a [u8]> {
        let (signature, place) = sealed.split_at_checked(SIGNATURE_BYTES)?;
        let signed = |key: &Hmac<Sha256>| mac(key, context, place).verify_truncated_left(signature).is_ok();
        self.0.iter().any(signed).then_some(place)
    }
}

fn mac(key: &Hmac<Sha256>, context: &[u8], place: &[u8]) -> Hmac<Sha256> {
    let mut mac = key.clone();
    mac.update(PURPOSE);
    mac.update(&(context.len() as u64).to_be_bytes());
    mac.update(context);
    mac.update(place);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn refusal(given: &Given<CursorKeys>) -> String {
        format!("{:#}", keys(given, &Secrets::default()).await.unwrap_err())
    }

    #[tokio::test]
    async fn what_is_no_key_is_refused_and_not_told() {
        for wrong in ["secret", "c2VjcmV0", &format!("{},x", generate_cursor_key().expose_secret())] {
            let refusal = refusal(&wrong.into()).await;
            assert!(refusal.contains("of CURSOR_KEYS") && !refusal.contains(wrong), "{refusal}");
        }
    }

    #[tokio::test]
    async fn there_is_no_default() {
        assert!(refusal(&Given::default()).await.contains("generate-cursor-key"));
    }
}
