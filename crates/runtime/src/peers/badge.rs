//! What a service shows when it calls another one.

use super::key::{ServiceKey, TOKEN_SECONDS};
use crate::{Clock, secrets::Secret};
use anyhow::Context as _;
use http::HeaderValue;
use secrecy::SecretString;
use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

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
    /// Seconds of the time of day: before them, the clock was set back, and whoever is called would not believe the token.
    good: Range<i64>,
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
            && shown.good.contains(&now.unix_timestamp())
        {
            return Some(shown.token.clone());
        }
        let text = self.key.current();
        let key = ServiceKey::parse(&text).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "SERVICE_KEY is not the key of a service any more");
        });
        let mut token = HeaderValue::try_from(key.ok()?.token(self.audience, now)).ok()?;
        token.set_sensitive(true);
        let signed_at = now.unix_timestamp();
        let good = signed_at..signed_at + TOKEN_SECONDS / 2;
        *shown = Some(Shown { token: token.clone(), good, key: text });
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Duration, OffsetDateTime};

    #[test]
    fn a_token_is_shown_for_half_its_time_and_not_before_it_was_signed() {
        let key = ServiceKey::generate("gateway").unwrap();
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(1);
        let badge = Badge {
            key: Secret::fixed(key.clone()),
            audience: "trades",
            clock: Clock::held_at(now),
            shown: Arc::default(),
        };
        let at = |seconds| {
            Badge { clock: Clock::held_at(now + Duration::seconds(seconds)), ..badge.clone() }.token()
        };

        let first = at(0).unwrap();

        assert_eq!(at(TOKEN_SECONDS / 2 - 1).unwrap(), first);
        assert_ne!(at(TOKEN_SECONDS / 2).unwrap(), first);
        // The clock was set back by an hour.
        let earlier = at(-3_600).unwrap();
        assert_eq!(at(-3_590).unwrap(), earlier);
    }
}
