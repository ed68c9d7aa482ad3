//! How much one address or one user may ask for.
//!
//! ```text
//! class of the request + who asks -> Redis (exact, across instances) -> Verdict
//!                                 \-> this process (its part of the limit) while Redis is away
//! ```

mod local;
mod policy;
mod shared;

pub(crate) use policy::Class;
pub use policy::{Quota, RateLimits};

use crate::{client_address::subscriber, problem::Problem};
use http::StatusCode;
use local::Local;
use runtime::{Service, settings};
use shared::Shared;
use std::{fmt, net::IpAddr, sync::Arc, time::Duration};
use uuid::Uuid;

/// Counts requests. Clones share the counts.
#[derive(Clone)]
pub(crate) struct Limits {
    policy: Arc<RateLimits>,
    shared: Shared,
    local: Arc<Local>,
}

/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asker {
    /// Whoever has a network address.
    Address(IpAddr),
    /// A signed-in user, wherever he is.
    User(Uuid),
    /// A program with an API key.
    ApiKey(Uuid),
}

impl Asker {
    /// Whoever has this network address, and others that belong to it.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(subscriber(address))
    }
}

impl fmt::Display for Asker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(formatter, "{address}"),
            Self::User(id) => write!(formatter, "{id}"),
            Self::ApiKey(id) => write!(formatter, "key:{id}"),
        }
    }
}

/// What is left of a quota after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Whether the request is within the quota.
    pub allowed: bool,
    /// Requests that are left now.
    pub remaining: u32,
    /// Until some of the quota comes back.
    pub resets_in: Duration,
}

impl Verdict {
    /// The answer to a request beyond its quota.
    pub fn refusal(self) -> Problem {
        let seconds = u32::try_from(self.resets_in.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX).max(1);
        let detail = format!("too many requests: try again in {seconds} seconds");
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", detail).retry_after(seconds)
    }
}

impl Limits {
    /// Redis is asked when it is first needed, and done without when it does not answer.
    pub async fn connect(
        service: &mut Service,
        redis: &settings::Redis,
        policy: &RateLimits,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            policy: Arc::new(policy.clone()),
            shared: Shared::connect(service, redis).await?,
            local: Arc::new(Local::new(policy)),
        })
    }

    /// The quota of a class.
    pub fn quota(&self, class: Class) -> Quota {
        self.policy.quota(class)
    }

    /// Counts a request.
    pub async fn take(&self, class: Class, asker: Asker) -> Verdict {
        let key = format!("{}:{asker}", class.name());
        // Counted here as well, so that a Redis that goes away leaves no clean slate behind.
        let local = self.local.take(class, &key);
        match self.shared.take(&key, self.quota(class)).await {
            Some(verdict) => verdict,
            None => local,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_subscriber_count_together() {
        let asker = |text: &str| Asker::at(text.parse().unwrap()).to_string();

        assert_eq!(asker("192.0.2.7"), "192.0.2.7");
        assert_eq!(asker("2001:db8:1:2:3:4:5:6"), asker("2001:db8:1:2::1"));
        assert_ne!(asker("2001:db8:1:2::1"), asker("2001:db8:1:3::1"));
    }
}
