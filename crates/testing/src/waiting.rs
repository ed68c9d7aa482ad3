//! Waiting for what must happen, with a deadline instead of a guess.

use std::time::Duration;
use tokio::time::Instant;

const DEADLINE: Duration = Duration::from_mins(1);

/// Asks `probe` until it answers; panics with `what` after a minute.
pub async fn eventually<T>(what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
