//! Until when the request at hand must be answered: known to everything that this task does for it.
//!
//! The gateway gives each request a budget. [`crate::grpc`] sends what is left of it along with every call and bounds every
//! handler by it, and [`crate::postgres`] every statement.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, error::Elapsed, timeout_at};

tokio::task_local! {
    static DEADLINE: Instant;
}

static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);
/// Milliseconds from the beginning to the last time that work was given up; 0: never.
static GIVEN_UP: AtomicU64 = AtomicU64::new(0);

/// Does `work` within `time`, or within what is left to the request that it is done for, if that is less.
pub async fn within<F: Future>(time: Duration, work: F) -> Result<F::Output, Elapsed> {
    until(Instant::now() + time, work).await
}

/// Does `work` until `deadline`, or until that of the request that it is done for, if that is sooner.
pub async fn until<F: Future>(deadline: Instant, work: F) -> Result<F::Output, Elapsed> {
    let deadline = DEADLINE.try_with(|outer| deadline.min(*outer)).unwrap_or(deadline);
    let work = Work { unfinished: Some(Unfinished), work: Box::pin(DEADLINE.scope(deadline, work)) };
    timeout_at(deadline, work).await
}

/// Whether work was given up in this process within the last `time`, because it took too long or nobody waited for it any more.
pub(crate) fn was_given_up_within(time: Duration) -> bool {
    let last = Duration::from_millis(GIVEN_UP.load(Ordering::Acquire));
    !last.is_zero() && BEGINNING.elapsed().saturating_sub(last) <= time
}

/// Work that may be given up.
struct Work<F> {
    // Dropped before the work: whoever gets back what the work held knows already.
    unfinished: Option<Unfinished>,
    work: Pin<Box<F>>,
}

impl<F: Future> Future for Work<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let done = self.work.as_mut().poll(cx);
        if done.is_ready()
            && let Some(unfinished) = self.unfinished.take()
        {
            std::mem::forget(unfinished);
        }
        done
    }
}

struct Unfinished;

impl Drop for Unfinished {
    fn drop(&mut self) {
        let now = u64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(u64::MAX);
        GIVEN_UP.fetch_max(now.max(1), Ordering::AcqRel);
    }
}

/// What is left to the request at hand; `None`: this is done for no request.
pub fn left() -> Option<Duration> {
    DEADLINE.try_with(|deadline| deadline.saturating_duration_since(Instant::now())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_left_is_never_more_than_around_it() {
        assert_eq!(left(), None);

        let inner =
            within(Duration::from_secs(5), async { within(Duration::from_mins(1), async { left() }).await });

        let left = inner.await.unwrap().unwrap().unwrap();
        assert!(left <= Duration::from_secs(5), "{left:?}");
    }

    #[tokio::test]
    async fn work_that_takes_longer_is_given_up() {
        let endless = within(Duration::from_millis(1), std::future::pending::<()>());

        assert!(endless.await.is_err());
        assert!(was_given_up_within(Duration::from_secs(10)));
    }
}
