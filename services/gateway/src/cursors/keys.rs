//! The keys that cursors are signed with.

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use clap::Args;
use hmac::{Hmac, KeyInit as _, Mac as _};
use runtime::secrets;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use std::{fmt, path::PathBuf};

const KEY_BYTES: usize = 32;
/// Of the signature: beyond anybody's luck.
const SIGNATURE_BYTES: usize = 16;
/// No other use of the same keys signs the same bytes.
const PURPOSE: &[u8] = b"journal cursor 1";

/// Where the keys come from.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Keys of cursors (exactly one of the two)")]
pub struct CursorKeys {
    /// Keys separated by commas or white space, as `gateway generate-cursor-key` prints them, the same for all gateways. The first
    /// one signs, the others still open.
    #[arg(long, env = "CURSOR_KEYS", hide_env_values = true)]
    pub cursor_keys: Option<SecretString>,
    /// A file that holds them.
    #[arg(long, env = "CURSOR_KEYS_FILE")]
    pub cursor_keys_file: Option<PathBuf>,
}

impl CursorKeys {
    /// The keys.
    pub(crate) fn load(&self) -> anyhow::Result<Keys> {
        let (value, file) = (self.cursor_keys.as_ref(), self.cursor_keys_file.as_ref());
        Keys::parse(&secrets::load("CURSOR_KEYS", value, file, "`gateway generate-cursor-key` prints a key")?)
    }
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

    fn refusal(keys: &CursorKeys) -> String {
        format!("{:#}", keys.load().unwrap_err())
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_told() {
        for wrong in ["secret", "c2VjcmV0", &format!("{},x", generate_cursor_key().expose_secret())] {
            let keys = CursorKeys { cursor_keys: Some(wrong.into()), ..CursorKeys::default() };
            assert!(refusal(&keys).contains("of CURSOR_KEYS") && !refusal(&keys).contains(wrong));
        }
    }

    #[test]
    fn there_is_no_default() {
        assert!(refusal(&CursorKeys::default()).contains("generate-cursor-key"));
        let blank = CursorKeys { cursor_keys: Some(" ".into()), cursor_keys_file: Some(PathBuf::new()) };
        assert!(refusal(&blank).contains("CURSOR_KEYS_FILE"));
        let both = CursorKeys { cursor_keys: Some("k".into()), cursor_keys_file: Some("/k".into()) };
        assert!(refusal(&both).contains("both"));
    }
}
