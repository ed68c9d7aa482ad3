//! How much of a form may come before its file.

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::Stream;
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

/// Fields and boundaries take a hundredth of it; the first bytes of the file count as well.
const MOST: usize = 256 * 1024;
/// What the parser of forms is given at once: it takes all there is before it looks.
const AT_ONCE: usize = 4 * 1024;
const WITHOUT_END: usize = usize::MAX;

/// Bytes that may still come outside of the file. Without it, the parser would keep megabytes that lead up to no field, and search
/// all of them again with each packet that comes in. Clones share it.
#[derive(Clone)]
pub(in crate::routes) struct Allowance(Arc<AtomicUsize>);

impl Default for Allowance {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(MOST)))
    }
}

impl Allowance {
    /// A body that breaks off when the allowance is used up.
    pub fn guard(&self, body: Body) -> Body {
        Body::from_stream(Guarded { body: body.into_data_stream(), allowance: self.clone(), given: 0 })
    }

    /// What comes from now on is the file: there is another limit for that.
    pub fn file_begins(&self) {
        self.0.store(WITHOUT_END, Ordering::Relaxed);
    }

    /// What comes from now on are fields again.
    pub fn file_ends(&self) {
        self.0.store(MOST, Ordering::Relaxed);
    }

    fn take(&self, bytes: usize) -> Result<(), axum::Error> {
        let left = self.0.load(Ordering::Relaxed);
        if left == WITHOUT_END {
            return Ok(());
        }
        let too_much = || axum::Error::new(io::Error::other("the form has too much beside its file"));
        self.0.store(left.checked_sub(bytes).ok_or_else(too_much)?, Ordering::Relaxed);
        Ok(())
    }
}

struct Guarded {
    body: BodyDataStream,
    allowance: Allowance,
    given: usize,
}

impl Stream for Guarded {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.given >= AT_ONCE {
            // A pause, in which the parser looks at what it has.
            self.given = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(chunk) = ready!(Pin::new(&mut self.body).poll_next(cx)?) else { return Poll::Ready(None) };
        self.given += chunk.len();
        Poll::Ready(Some(self.allowance.take(chunk.len()).map(|()| chunk)))
    }
}
