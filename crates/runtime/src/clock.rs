//! The only source of the time of day, so that a test can set it.

use std::sync::{Arc, Mutex, PoisonError};
use time::{Duration, OffsetDateTime};

/// Tells the time: the machine's, or one that a test holds still and moves.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    held: Option<Arc<Mutex<OffsetDateTime>>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self { held: None }
    }

    /// A clock that stands at `now` until [`Clock::advance`] moves it. Clones share the time.
    pub fn held_at(now: OffsetDateTime) -> Self {
        Self { held: Some(Arc::new(Mutex::new(now))) }
    }

    /// The present, in UTC.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
    pub fn now(&self) -> OffsetDateTime {
        match &self.held {
            Some(held) => *held.lock().unwrap_or_else(PoisonError::into_inner),
            None => OffsetDateTime::now_utc(),
        }
    }

    /// Moves a held clock forward; the machine's clock is left alone.
    pub fn advance(&self, by: Duration) {
        if let Some(held) = &self.held {
            *held.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_held_clock_share_its_time() {
        let clock = Clock::held_at(OffsetDateTime::UNIX_EPOCH);
        let other = clock.clone();

        clock.advance(Duration::seconds(5));

        assert_eq!(other.now(), OffsetDateTime::UNIX_EPOCH + Duration::seconds(5));
    }
}
