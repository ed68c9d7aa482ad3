//! Signs access tokens. Only auth has one.

use crate::{
    ACCESS_TOKEN_SECONDS, SessionId, UserId,
    claims::{AUDIENCE, Claims, ISSUER, TYPE},
};
use anyhow::{Context as _, anyhow};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use runtime::Clock;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// Signs access tokens with one Ed25519 key.
pub struct Issuer {
    key: EncodingKey,
    jwk: Jwk,
    key_id: String,
    clock: Clock,
}

impl Issuer {
    /// Reads a PKCS#8 v1 PEM, as [`Issuer::generate_pem`] writes it.
    pub fn from_pem(pem: &SecretString, clock: Clock) -> anyhow::Result<Self> {
        let key = EncodingKey::from_ed_pem(pem.expose_secret().as_bytes())
            .context("the signing key is not an Ed25519 key in PKCS#8 PEM")?;
        let mut jwk =
            Jwk::from_encoding_key(&key, Algorithm::EdDSA).context("the signing key is not usable")?;
        let key_id = jwk.thumbprint(ThumbprintHash::SHA256)?;
        jwk.common.key_id = Some(key_id.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { key, jwk, key_id, clock })
    }

    /// A new key as PKCS#8 PEM.
    pub fn generate_pem() -> anyhow::Result<SecretString> {
        let generated = Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1());
        let document = generated.map_err(|_| anyhow!("cannot generate a key"))?;
        Ok(SecretString::from(format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", STANDARD.encode(document.as_ref()))))
    }

    /// An access token and its life in seconds.
    pub fn issue(&self, user: UserId, session: SessionId) -> anyhow::Result<(String, u32)> {
        let now = self.clock.now().unix_timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user.0,
            sid: session.0,
            iat: now,
            nbf: now,
            exp: now + i64::from(ACCESS_TOKEN_SECONDS),
            jti: Uuid::new_v4(),
        };
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let token =
            jsonwebtoken::encode(&header, &claims, &self.key).context("cannot sign an access token")?;
        Ok((token, ACCESS_TOKEN_SECONDS))
    }

    /// The public half as a JSON Web Key Set (RFC 7517).
    pub fn jwks_json(&self) -> String {
        let set = JwkSet { keys: vec![self.jwk.clone()] };
        serde_json::to_string(&set).unwrap_or_default()
    }
}
