//! How long to wait before trying again what failed.

use std::time::Duration;

/// Doubling waits up to a limit, each shortened at random so that instances do not come back in step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    first: Duration,
    limit: Duration,
    next: Duration,
}

impl Backoff {
    pub fn new(first: Duration, limit: Duration) -> Self {
        Self { first, limit, next: first }
    }

    /// The next wait: between half of and the whole of the current step.
    pub fn wait(&mut self) -> Duration {
        let step = self.next;
        self.next = (step * 2).min(self.limit);
        step.mul_f64(rand::random_range(0.5..=1.0))
    }

    /// The next wait is the first again.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_limit_and_start_over_after_a_success() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_millis(300));
        let within = |wait: Duration, step: u64| {
            wait >= Duration::from_millis(step / 2) && wait <= Duration::from_millis(step)
        };

        for step in [100, 200, 300, 300] {
            let wait = backoff.wait();
            assert!(within(wait, step), "{wait:?} is not within the step of {step} ms");
        }
        backoff.reset();

        let wait = backoff.wait();
        assert!(within(wait, 100), "{wait:?} is not the first step again");
    }
}
