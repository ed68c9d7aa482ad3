//! What ties a sign-in elsewhere to the browser that began it. The database holds its hash alone; what the provider is told is derived from it.

use super::token::Token;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// 256 random bits in a cookie.
#[derive(Debug)]
pub(crate) struct BrowserSecret(Token);

impl BrowserSecret {
    /// A new one.
    pub fn generate() -> Self {
        Self(Token::generate())
    }

    /// What a browser presents; `None` for anything that we never issued.
    pub fn parse(text: &str) -> Option<Self> {
        Token::parse(text).map(Self)
    }

    /// What the browser is given.
    pub fn to_text(&self) -> String {
        self.0.to_base64url()
    }

    /// What is stored.
    pub fn hash(&self) -> [u8; 32] {
        self.0.hash()
    }

    /// What the ID token must repeat.
    pub fn nonce(&self) -> anyhow::Result<String> {
        self.derived(b"nonce")
    }

    /// What redeems the code (RFC 7636).
    pub fn code_verifier(&self) -> anyhow::Result<String> {
        self.derived(b"pkce")
    }

    /// What the provider compares the verifier with: its SHA-256.
    pub fn code_challenge(&self) -> anyhow::Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(self.code_verifier()?)))
    }

    fn derived(&self, what: &[u8]) -> anyhow::Result<String> {
        let mut hash = Hmac::<Sha256>::new_from_slice(self.to_text().as_bytes())?;
        hash.update(what);
        Ok(URL_SAFE_NO_PAD.encode(hash.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_derived_differs_by_use_and_by_browser() {
        let (one, other) = (BrowserSecret::generate(), BrowserSecret::generate());
        let again = BrowserSecret::parse(&one.to_text()).unwrap();

        assert_eq!(again.nonce().unwrap(), one.nonce().unwrap());
        assert_ne!(one.nonce().unwrap(), one.code_verifier().unwrap());
        assert_ne!(one.nonce().unwrap(), other.nonce().unwrap());
        assert_ne!(one.code_challenge().unwrap(), one.code_verifier().unwrap());
        assert_eq!(one.code_verifier().unwrap().len(), 43);
    }
}
