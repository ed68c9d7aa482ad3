//! What a service shows when it calls another one.

use super::key::{ServiceKey, TOKEN_SECONDS};
use crate::{Clock, secrets::Secret};
use anyhow::Context as _;
use http::HeaderValue;
use secrecy::SecretString;
use std::sync::{Arc, Mutex, PoisonError};

/// Signs tokens for one called service, each good for many calls.
#[derive(Clone, Debug)]
pub(crate) struct Badge {
    key: Secret,
    audience: &'static str,
    clock: Clock,
    shown: Arc<Mutex<Option<Shown>>>,
}

#[derive(Debug)]
struct Shown {
    token: HeaderValue,
    renew_at: i64,
    key: SecretString,
}

impl Badge {
    /// With the key of this process, for calls to `audience`.
    pub fn new(key: &Secret, audience: &'static str) -> anyhow::Result<Self> {
        ServiceKey::parse(&key.current()).context("SERVICE_KEY is not the key of a service")?;
        Ok(Self { key: key.clone(), audience, clock: Clock::system(), shown: Arc::default() })
    }

    /// A token, signed at most half a minute ago; `None`: the key was replaced by something that is none.
    pub fn token(&self) -> Option<HeaderValue> {
        let now = self.clock.now();
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = &*shown
            && self.key.holds(&shown.key)
            && now.unix_timestamp() < shown.renew_at
        {
            return Some(shown.token.clone());
        }
        let text = self.key.current();
        let key = ServiceKey::parse(&text).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "SERVICE_KEY is not the key of a service any more");
        });
        let mut token = HeaderValue::try_from(key.ok()?.token(self.audience, now)).ok()?;
        token.set_sensitive(true);
        let renew_at = now.unix_timestamp() + TOKEN_SECONDS / 2;
        *shown = Some(Shown { token: token.clone(), renew_at, key: text });
        Some(token)
    }
}
