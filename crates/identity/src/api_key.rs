//! API keys as text: what tells one of ours from a typo, without asking anybody.

use crate::UserId;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const PREFIX: &str = "jrn_";
const USER_BYTES: usize = 16;
const SECRET_BYTES: usize = 24;
const CHECK_BYTES: usize = 4;
const BYTES: usize = USER_BYTES + SECRET_BYTES + CHECK_BYTES;

/// A user's API key: `jrn_` and 44 bytes in base64url. The user's id (so that it is looked up in that user's name alone), 192 secret bits,
/// and the first 32 bits of the SHA-256 of both.
#[derive(Debug)]
pub struct ApiKey {
    user: UserId,
    secret: SecretBox<[u8; SECRET_BYTES]>,
}

impl ApiKey {
    /// The key of `user` with these bits.
    pub fn new(user: UserId, secret: [u8; SECRET_BYTES]) -> Self {
        Self { user, secret: SecretBox::new(Box::new(secret)) }
    }

    /// Whether a bearer token means to be an API key.
    pub fn is_meant_by(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// What a client presents; `None` for anything that we never gave out.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; BYTES];
        let length = URL_SAFE_NO_PAD.decode_slice(text.strip_prefix(PREFIX)?, &mut bytes).ok()?;
        let (body, check) = bytes.split_at(USER_BYTES + SECRET_BYTES);
        if length != BYTES || check != checksum(body) {
            return None;
        }
        let (user, secret) = body.split_at(USER_BYTES);
        Some(Self::new(UserId(Uuid::from_slice(user).ok()?), secret.try_into().ok()?))
    }

    /// What the client is given.
    pub fn to_text(&self) -> SecretString {
        let mut bytes = self.body();
        bytes.extend(checksum(&bytes));
        SecretString::from(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Whose it says it is.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// What is stored: SHA-256. A slow hash would protect guessable secrets; this one is not.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.body()).into()
    }

    fn body(&self) -> Vec<u8> {
        [self.user.0.as_bytes().as_slice(), self.secret.expose_secret()].concat()
    }
}

fn checksum(body: &[u8]) -> [u8; CHECK_BYTES] {
    let digest: [u8; 32] = Sha256::digest(body).into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        ApiKey::new(UserId(Uuid::from_u128(7)), [9; SECRET_BYTES]).to_text().expose_secret().to_owned()
    }

    #[test]
    fn a_key_is_read_as_it_was_given() {
        let key = ApiKey::parse(&text()).unwrap();

        assert!(ApiKey::is_meant_by(&text()));
        assert_eq!(key.user(), UserId(Uuid::from_u128(7)));
        assert_eq!(key.to_text().expose_secret(), text());
        assert_ne!(key.hash(), ApiKey::new(key.user(), [8; SECRET_BYTES]).hash());
    }

    #[test]
    fn a_typo_anywhere_is_no_key() {
        let good = text();
        for place in 0..good.len() {
            let mut typo = good.clone().into_bytes();
            typo[place] = if typo[place] == b'x' { b'y' } else { b'x' };
            assert!(ApiKey::parse(std::str::from_utf8(&typo).unwrap()).is_none(), "{place}");
        }
        let long = format!("{good}{}", "A".repeat(1 << 20));
        for text in ["", "jrn_", "jrn_ä", &good[..good.len() - 1], &good[4..], &format!("{good}A"), &long] {
            assert!(ApiKey::parse(text).is_none());
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        assert!(format!("{:?}", ApiKey::parse(&text()).unwrap()).contains("REDACTED"));
    }
}
