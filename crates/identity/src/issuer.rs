//! Signs access tokens. Only auth has one.

use crate::{
    ACCESS_TOKEN_SECONDS, Role, Scope, SessionId, UserId,
    claims::{AUDIENCE, Actor, Claims, ISSUER, TYPE},
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

/// For whom a token is derived, and what it may do.
#[derive(Clone, Copy, Debug)]
pub struct Derived {
    /// Whose data it opens.
    pub user: UserId,
    /// The API key or the grant: when it is revoked as sessions are, the token ends.
    pub id: SessionId,
    /// What it may do.
    pub scope: Scope,
    /// Who reads in the user's place.
    pub actor: Option<UserId>,
    /// Seconds that the key or the grant has left.
    pub seconds_left: u32,
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

    /// An access token of somebody without a role but that of every user, and its life in seconds.
    pub fn issue(&self, user: UserId, session: SessionId) -> anyhow::Result<(String, u32)> {
        self.issue_as(user, session, Role::User)
    }

    /// An access token of somebody with a role, and its life in seconds.
    pub fn issue_as(&self, user: UserId, session: SessionId, role: Role) -> anyhow::Result<(String, u32)> {
        let claims = self.claims(user, session, ACCESS_TOKEN_SECONDS);
        self.sign(&Claims { role: Some(role), ..claims })
    }

    /// An access token that may do less than a session's, and its life in seconds: not longer than what it is derived from.
    pub fn derive(&self, derived: &Derived) -> anyhow::Result<(String, u32)> {
        let seconds = derived.seconds_left.clamp(1, ACCESS_TOKEN_SECONDS);
        let claims = self.claims(derived.user, derived.id, seconds);
        let act = derived.actor.map(|actor| Actor { sub: actor.0 });
        self.sign(&Claims { scope: Some(derived.scope), act, ..claims })
    }

    fn claims(&self, user: UserId, session: SessionId, seconds: u32) -> Claims {
        let now = self.clock.now().unix_timestamp();
        Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user.0,
            sid: session.0,
            iat: now,
            nbf: now,
            exp: now + i64::from(seconds),
            jti: Uuid::new_v4(),
            scope: None,
            act: None,
            role: None,
        }
    }

    fn sign(&self, claims: &Claims) -> anyhow::Result<(String, u32)> {
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let token =
            jsonwebtoken::encode(&header, claims, &self.key).context("cannot sign an access token")?;
        Ok((token, u32::try_from(claims.exp - claims.iat).unwrap_or_default()))
    }

    /// The id of the key, which its tokens name as `kid`.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The public half as a JSON Web Key (RFC 7517).
    pub fn jwk_json(&self) -> String {
        serde_json::to_string(&self.jwk).unwrap_or_default()
    }

    /// The public half as a JSON Web Key Set (RFC 7517).
    pub fn jwks_json(&self) -> String {
        let set = JwkSet { keys: vec![self.jwk.clone()] };
        serde_json::to_string(&set).unwrap_or_default()
    }
}
