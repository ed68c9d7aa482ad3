//! The part of the limits that this process allows on its own.

use super::{Class, RateLimits, Verdict};
use governor::{DefaultKeyedRateLimiter, Quota as Rate, RateLimiter, clock::Clock as _};
use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// Requests between two looks for askers that went away.
const SWEEP: u32 = 100_000;

/// One limiter for each class. A request comes back evenly over the time of the quota.
pub(super) struct Local {
    limiters: HashMap<Class, DefaultKeyedRateLimiter<String>>,
    taken: AtomicU32,
}

impl Local {
    pub fn new(policy: &RateLimits) -> Self {
        let limiter = |class| {
            let quota = policy.quota(class);
            let part = (quota.requests.get() / policy.gateway_instances).max(1);
            let part = NonZeroU32::new(part).unwrap_or(NonZeroU32::MIN);
            let each = quota.within / part.get();
            let rate = Rate::with_period(each).unwrap_or(Rate::per_second(part)).allow_burst(part);
            RateLimiter::keyed(rate)
        };
        let limiters = Class::ALL.into_iter().map(|class| (class, limiter(class))).collect();
        Self { limiters, taken: AtomicU32::new(0) }
    }

    pub fn take(&self, class: Class, key: &String) -> Verdict {
        let Some(limiter) = self.limiters.get(&class) else { return REFUSED };
        if self.taken.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiters.values().for_each(RateLimiter::retain_recent);
        }
        match limiter.check_key(key) {
            Ok(()) => Verdict { allowed: true, remaining: 0, resets_in: std::time::Duration::from_secs(1) },
            Err(not_before) => {
                let resets_in = not_before.wait_time_from(limiter.clock().now());
                Verdict { resets_in, ..REFUSED }
            }
        }
    }
}

const REFUSED: Verdict =
    Verdict { allowed: false, remaining: 0, resets_in: std::time::Duration::from_secs(1) };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn each_instance_allows_its_part_to_each_asker() {
        let policy = RateLimits {
            rate_limit_read: "10/3600".parse().unwrap(),
            gateway_instances: NonZeroU32::new(2).unwrap(),
            ..Config::for_documentation().rate_limits
        };
        let local = Local::new(&policy);
        let allowed =
            |key: &str| (0..20).filter(|_| local.take(Class::Read, &key.to_owned()).allowed).count();

        assert_eq!((allowed("one"), allowed("other")), (5, 5));
        let refused = local.take(Class::Read, &"one".to_owned());
        assert!(refused.resets_in.as_secs() > 600, "{refused:?}");
    }
}
