//! Tokens that are as good as a password: 256 random bits, of which only a hash is stored.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::{Digest as _, Sha256};

const BYTES: usize = 32;

/// The secret itself, as the client holds it.
#[derive(Debug)]
pub(crate) struct Token(SecretBox<[u8; BYTES]>);

impl Token {
    /// A new one, from the operating system's generator by way of the thread's (`ChaCha12`).
    pub fn generate() -> Self {
        Self(SecretBox::new(Box::new(rand::random())))
    }

    /// What a client presents, in base64url without padding; `None` for anything that we never issued.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Box::new([0; BYTES]);
        let length = URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()).ok()?;
        (length == BYTES).then(|| Self(SecretBox::new(bytes)))
    }

    /// One whose bits were derived, and are as good as random.
    pub fn of(bits: [u8; BYTES]) -> Self {
        Self(SecretBox::new(Box::new(bits)))
    }

    /// The bits, to derive others from.
    pub fn expose(&self) -> &[u8; BYTES] {
        self.0.expose_secret()
    }

    /// What the client is given.
    pub fn to_base64url(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.expose_secret())
    }

    /// What is stored: SHA-256. A slow hash would protect guessable secrets; this one is not.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose_secret()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_presents_hashes_to_what_is_stored() {
        let token = Token::generate();

        let presented = Token::parse(&token.to_base64url()).unwrap();

        assert_eq!(presented.hash(), token.hash());
        assert_ne!(Token::generate().hash(), token.hash());
    }

    #[test]
    fn anything_but_32_bytes_of_base64url_is_none() {
        let good = "A".repeat(43);
        assert!(Token::parse(&good).is_some());

        let (other_bits, padded) = ("A".repeat(42) + "B", good.clone() + "=");
        let endless = "A".repeat(1 << 20);
        for text in ["", "A", "ä", "\0", &other_bits, &padded, &good[..42], &endless] {
            assert!(Token::parse(text).is_none());
        }
    }

    #[test]
    fn a_token_is_not_shown() {
        assert!(format!("{:?}", Token::generate()).contains("REDACTED"));
    }
}
