//! Checks access tokens, with keys that it fetches and keeps fresh.

mod refresh;

use crate::{
    Caller, Issuer, Keys, Revocations, Settings,
    claims::{AUDIENCE, Claims, ISSUER},
    header::Header,
};
use jsonwebtoken::{Algorithm, Validation};
use moka::sync::Cache;
use refresh::Refresher;
use runtime::{Clock, Service};
use sha2::{Digest as _, Sha256};
use std::{sync::Arc, time::Duration};
use time::OffsetDateTime;
use tokio::{sync::watch, time::timeout};

/// Clocks of our machines may differ by this much.
const LEEWAY_SECONDS: i64 = 30;
/// Longer than any token of ours: what is larger is not hashed, parsed or cached.
const MAX_TOKEN_BYTES: usize = 4096;
/// Who comes before the first keys are there waits for them so long.
const PATIENCE: Duration = Duration::from_secs(2);

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
    /// Its session, key or grant has ended.
    #[error("ended")]
    Ended,
    /// Nobody can tell: this process has just begun and knows no keys.
    #[error("no keys are known yet")]
    Undecided,
}

/// Checks access tokens. Clones share keys, cache and the list of ended sessions.
#[derive(Clone)]
pub struct Verifier {
    keys: watch::Receiver<Keys>,
    refresher: Option<Arc<Refresher>>,
    // An Ed25519 check costs about 35 us, a hit here less than one; entries live no longer than a minute.
    verified: Cache<[u8; 32], Checked>,
    revocations: Revocations,
    clock: Clock,
}

/// A token whose signature was checked.
#[derive(Clone)]
struct Checked {
    caller: Caller,
    /// Which key signed: when it is published no longer, the token is worth nothing.
    key_id: Arc<str>,
}

impl Verifier {
    /// Trusts the keys of `settings`: fetched from auth, and again when an unknown key appears; and learns from auth which sessions
    /// ended. Adds the readiness check `auth-keys`, which waits for both.
    pub async fn connect(service: &mut Service, settings: &Settings, clock: Clock) -> anyhow::Result<Self> {
        if let Some(jwks) = &settings.jwks {
            return Ok(Self::following(watch::channel(Keys::from_jwks(jwks)?).1, clock));
        }
        let key = settings.calls.service_key.open(service.secrets()).await?;
        let (revocations, caught_up) = Revocations::follow(service, settings, &key)?;
        let (refresher, keys) = Refresher::start(service, settings, &key, caught_up)?;
        let known = keys.clone();
        service.readiness().require("auth-keys", move || {
            let missing = known.borrow().is_empty();
            async move {
                anyhow::ensure!(!missing, "the keys of auth are not loaded yet");
                Ok(())
            }
        });
        Ok(Self { refresher: Some(refresher), revocations, ..Self::following(keys, clock) })
    }

    /// Trusts the key of `issuer`, and no other ever.
    pub fn of_issuer(issuer: &Issuer, clock: Clock) -> anyhow::Result<Self> {
        Ok(Self::following(watch::channel(Keys::from_jwks(&issuer.jwks_json())?).1, clock))
    }

    /// Trusts the keys that `keys` holds at any time: for auth itself.
    pub fn following(keys: watch::Receiver<Keys>, clock: Clock) -> Self {
        let verified = Cache::builder().max_capacity(50_000).time_to_live(Duration::from_mins(1)).build();
        Self { keys, refresher: None, verified, revocations: Revocations::unheard(), clock }
    }

    /// The sessions whose tokens are refused here. What is told to it is refused at once.
    pub fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// The caller that a token speaks for.
    pub async fn verify(&self, token: &str) -> Result<Caller, InvalidToken> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(InvalidToken::Malformed);
        }
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let caller = if let Some(checked) = self.verified.get(&digest) {
            self.still_good(checked)?
        } else {
            let checked = self.check_with_fresh_keys(token).await?;
            self.verified.insert(digest, checked.clone());
            checked.caller
        };
        if self.revocations.contains(caller.session_id) { Err(InvalidToken::Ended) } else { Ok(caller) }
    }

    fn still_good(&self, checked: Checked) -> Result<Caller, InvalidToken> {
        if self.clock.now() > checked.caller.expires_at + time::Duration::seconds(LEEWAY_SECONDS) {
            return Err(InvalidToken::Expired);
        }
        let is_published = self.keys.borrow().find(&checked.key_id).is_some();
        is_published.then_some(checked.caller).ok_or(InvalidToken::UnknownKey)
    }

    async fn check_with_fresh_keys(&self, token: &str) -> Result<Checked, InvalidToken> {
        if self.keys.borrow().is_empty() {
            let mut keys = self.keys.clone();
            let _ = timeout(PATIENCE, keys.wait_for(|keys| !keys.is_empty())).await;
        }
        if self.keys.borrow().is_empty() {
            return Err(InvalidToken::Undecided);
        }
        match (self.check(token), &self.refresher) {
            (Err(InvalidToken::UnknownKey), Some(refresher)) => {
                refresher.refresh_unless_done().await;
                self.check(token)
            }
            (checked, _) => checked,
        }
    }

    fn check(&self, token: &str) -> Result<Checked, InvalidToken> {
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
        Ok(Checked { caller: Caller::new(&claims, expires_at, token), key_id: header.kid.into() })
    }
}
