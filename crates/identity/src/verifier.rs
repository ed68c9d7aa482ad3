//! Checks access tokens, with keys that it fetches and keeps fresh.

mod refresh;

use crate::{
    Caller, Issuer, Settings,
    claims::{AUDIENCE, Claims, ISSUER},
    header::Header,
    keys::Keys,
};
use jsonwebtoken::{Algorithm, Validation};
use moka::sync::Cache;
use refresh::Refresher;
use runtime::{Clock, Service};
use sha2::{Digest as _, Sha256};
use std::{sync::Arc, time::Duration};
use time::OffsetDateTime;
use tokio::sync::watch;

/// Clocks of our machines may differ by this much.
const LEEWAY_SECONDS: i64 = 30;
/// Longer than any token of ours: what is larger is not hashed, parsed or cached.
const MAX_TOKEN_BYTES: usize = 4096;

/// Why a token was refused: for the log, the caller learns only that it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    /// Not a JWT of our kind, or its claims are missing or mistyped.
    #[error("malformed")]
    Malformed,
    /// Signed with a key that auth does not publish.
    #[error("unknown key")]
    UnknownKey,
    /// The signature, issuer or audience is wrong.
    #[error("not ours")]
    Forged,
    /// Its time is over, or has not begun.
    #[error("expired")]
    Expired,
}

/// Checks access tokens. Clones share keys and cache.
#[derive(Clone)]
pub struct Verifier {
    keys: watch::Receiver<Keys>,
    refresher: Option<Arc<Refresher>>,
    // An Ed25519 check costs about 35 us, a hit here less than one; entries live no longer than a minute.
    verified: Cache<[u8; 32], Caller>,
    clock: Clock,
}

impl Verifier {
    /// Trusts the keys of `settings`: fetched from auth, and again when an unknown key appears. Adds the readiness
    /// check `auth-keys`.
    pub fn connect(service: &mut Service, settings: &Settings, clock: Clock) -> anyhow::Result<Self> {
        if let Some(jwks) = &settings.jwks {
            return Ok(Self::new(watch::channel(Keys::from_jwks(jwks)?).1, None, clock));
        }
        let (refresher, keys) = Refresher::start(service, &settings.auth_url)?;
        let known = keys.clone();
        service.readiness().require("auth-keys", move || {
            let missing = known.borrow().is_empty();
            async move {
                anyhow::ensure!(!missing, "the keys of auth are not loaded yet");
                Ok(())
            }
        });
        Ok(Self::new(keys, Some(Arc::new(refresher)), clock))
    }

    /// Trusts the key of `issuer`: for auth itself.
    pub fn of_issuer(issuer: &Issuer, clock: Clock) -> anyhow::Result<Self> {
        Ok(Self::new(watch::channel(Keys::from_jwks(&issuer.jwks_json())?).1, None, clock))
    }

    fn new(keys: watch::Receiver<Keys>, refresher: Option<Arc<Refresher>>, clock: Clock) -> Self {
        let verified = Cache::builder().max_capacity(50_000).time_to_live(Duration::from_mins(1)).build();
        Self { keys, refresher, verified, clock }
    }

    /// The caller that a token speaks for.
    pub async fn verify(&self, token: &str) -> Result<Caller, InvalidToken> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(InvalidToken::Malformed);
        }
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        if let Some(caller) = self.verified.get(&digest) {
            return self.in_time(&caller).then_some(caller).ok_or(InvalidToken::Expired);
        }
        let caller = match self.check(token) {
            Err(InvalidToken::UnknownKey) if self.fetch_keys().await => self.check(token)?,
            checked => checked?,
        };
        self.verified.insert(digest, caller.clone());
        Ok(caller)
    }

    async fn fetch_keys(&self) -> bool {
        match &self.refresher {
            Some(refresher) => refresher.refresh_now().await,
            None => false,
        }
    }

    fn check(&self, token: &str) -> Result<Caller, InvalidToken> {
        let header = Header::of(token).ok_or(InvalidToken::Malformed)?;
        let keys = self.keys.borrow().clone();
        let key = keys.find(&header.kid).ok_or(InvalidToken::UnknownKey)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The time is checked below, by our own clock.
        validation.validate_exp = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, key, &validation).map_err(|_| InvalidToken::Forged)?.claims;
        if !claims.is_short_lived() || !claims.is_derived_as_auth_does() {
            return Err(InvalidToken::Malformed);
        }
        let now = self.clock.now().unix_timestamp();
        let begins = claims.nbf.max(claims.iat).saturating_sub(LEEWAY_SECONDS);
        if claims.exp.saturating_add(LEEWAY_SECONDS) < now || begins > now {
            return Err(InvalidToken::Expired);
        }
        let expires_at =
            OffsetDateTime::from_unix_timestamp(claims.exp).map_err(|_| InvalidToken::Malformed)?;
        Ok(Caller::new(&claims, expires_at, token))
    }

    fn in_time(&self, caller: &Caller) -> bool {
        self.clock.now() <= caller.expires_at + time::Duration::seconds(LEEWAY_SECONDS)
    }
}
