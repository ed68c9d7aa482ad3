//! Access tokens that nobody may accept, each with a name: the corpus that the verifier and the gateway are tested with.

mod claims;
mod encodings;
mod headers;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::Issuer;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use runtime::Clock;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

/// A token that must be refused.
#[derive(Clone, Debug)]
pub struct BadToken {
    /// What is wrong with it.
    pub name: String,
    /// What is sent; mostly text.
    pub bytes: Vec<u8>,
}

impl BadToken {
    fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

/// More than a hundred bad tokens. But for what their names say they would be good at `now`, under the key `pem`.
pub fn bad_tokens(pem: &SecretString, now: OffsetDateTime) -> Vec<BadToken> {
    let forge = Forge::new(pem, now);
    let mut tokens = headers::bad(&forge);
    tokens.extend(claims::bad(&forge));
    tokens.extend(encodings::bad(&forge));
    tokens
}

/// Signs whatever it is given with auth's own key.
pub struct Forge {
    key: EncodingKey,
    jwks: String,
    kid: String,
    now: i64,
}

impl Forge {
    /// Signs with `pem`, at `now`.
    pub fn new(pem: &SecretString, now: OffsetDateTime) -> Self {
        let jwks = Issuer::from_pem(pem, Clock::held_at(now)).unwrap().jwks_json();
        let parsed: Value = serde_json::from_str(&jwks).unwrap();
        let kid = parsed.pointer("/keys/0/kid").and_then(Value::as_str).unwrap().to_owned();
        let key = EncodingKey::from_ed_pem(pem.expose_secret().as_bytes()).unwrap();
        Self { key, jwks, kid, now: now.unix_timestamp() }
    }

    /// The claims of a good token.
    pub fn claims(&self) -> Value {
        json!({
            "iss": "journal-auth", "aud": "journal", "sub": Uuid::now_v7(), "sid": Uuid::now_v7(),
            "iat": self.now, "nbf": self.now, "exp": self.now + 300, "jti": Uuid::new_v4(),
        })
    }

    /// The good claims, but for one.
    pub fn claims_with(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        claims.as_object_mut().unwrap().insert(name.to_owned(), value);
        claims
    }

    fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "at+jwt", "kid": self.kid})
    }

    fn header_with(&self, name: &str, value: Value) -> Value {
        let mut header = self.header();
        header.as_object_mut().unwrap().insert(name.to_owned(), value);
        header
    }

    /// A token with these claims, well signed.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_text(&self.header().to_string(), claims.to_string().as_bytes())
    }

    fn sign_text(&self, header: &str, claims: &[u8]) -> String {
        self.sign_encoded(&format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims)))
    }

    fn sign_encoded(&self, message: &str) -> String {
        let signature = crypto::sign(message.as_bytes(), &self.key, Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }
}
