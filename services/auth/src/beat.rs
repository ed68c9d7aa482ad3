//! Answers that come at a beat, so that how long they took tells nothing of what was done for them.

use std::time::{Duration, Instant};

/// Far longer than what is done for an address, and far longer than what is done for a known one only.
const BEAT: Duration = Duration::from_millis(50);

/// Waits until an answer is due whose work began then.
pub(crate) async fn after(began: Instant) {
    tokio::time::sleep(rest(began.elapsed())).await;
}

/// How long after so much work the answer is due: at the next multiple of [`BEAT`].
fn rest(worked: Duration) -> Duration {
    let beats = worked.div_duration_f64(BEAT).floor() + 1.0;
    BEAT.mul_f64(beats).saturating_sub(worked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_due_at_the_next_beat_after_the_work() {
        for (worked, due) in [(0, 50), (3, 50), (49, 50), (50, 100), (120, 150)] {
            let wait = rest(Duration::from_millis(worked));
            assert_eq!((Duration::from_millis(worked) + wait).as_millis(), due);
        }
    }
}
