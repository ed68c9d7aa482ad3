//! The caller's `grpc-timeout` bounds the handler, and everything that the handler waits for.

use crate::deadline;
use http::{HeaderMap, HeaderValue, Request, Response};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::Instant;
use tonic::{Status, body::Body};
use tower::{Layer, Service};

const GRPC_TIMEOUT: &str = "grpc-timeout";

/// For calls that come without a time-out, or with an endless one. Uploads take longest.
pub(super) const LONGEST: Duration = Duration::from_mins(2);

/// Wraps a gRPC server's services in [`Bounded`].
#[derive(Clone, Copy, Debug)]
pub(super) struct DeadlineLayer;

impl<S> Layer<S> for DeadlineLayer {
    type Service = Bounded<S>;

    fn layer(&self, inner: S) -> Bounded<S> {
        Bounded { inner }
    }
}

/// Answers `DEADLINE_EXCEEDED` in time, and drops what was being done.
#[derive(Clone, Debug)]
pub(super) struct Bounded<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for Bounded<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let time = asked_for(request.headers()).map_or(LONGEST, |time| time.min(LONGEST));
        let deadline = Instant::now() + time;
        let response = self.inner.call(request);
        Box::pin(async move {
            match deadline::until(deadline, response).await {
                Ok(response) => response,
                Err(_) => Ok(expired().into_http()),
            }
        })
    }
}

/// What a call that took too long ends with.
pub(super) fn expired() -> Status {
    Status::deadline_exceeded("the deadline has passed")
}

/// The time-out that a call carries (gRPC over HTTP/2: up to eight digits and a unit); `None`: none, or a malformed one.
pub(super) fn asked_for(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(GRPC_TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.len() > 8 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let value = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(value * 3600)),
        "M" => Some(Duration::from_secs(value * 60)),
        "S" => Some(Duration::from_secs(value)),
        "m" => Some(Duration::from_millis(value)),
        "u" => Some(Duration::from_micros(value)),
        "n" => Some(Duration::from_nanos(value)),
        _ => None,
    }
}

/// Lets a call carry a time-out, in the finest unit that has room for it.
pub(super) fn carry(headers: &mut HeaderMap, time: Duration) {
    const MOST: u128 = 99_999_999;
    let text = match (time.as_micros(), time.as_millis()) {
        (micros, _) if micros <= MOST => format!("{micros}u"),
        (_, millis) => format!("{}m", millis.min(MOST)),
    };
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.insert(GRPC_TIMEOUT, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_out_is_read_as_it_was_written() {
        for time in
            [Duration::ZERO, Duration::from_micros(1), Duration::from_secs(5), Duration::from_mins(100)]
        {
            let mut headers = HeaderMap::new();
            carry(&mut headers, time);

            assert_eq!(asked_for(&headers), Some(time));
        }
    }

    #[test]
    fn every_unit_is_known_and_nothing_else_is_a_time_out() {
        let read = |text: &str| {
            asked_for(&HeaderMap::from_iter([(GRPC_TIMEOUT.parse().unwrap(), text.parse().unwrap())]))
        };
        assert_eq!(read("1H"), Some(Duration::from_hours(1)));
        assert_eq!(read("2M"), Some(Duration::from_mins(2)));
        assert_eq!(read("3S"), Some(Duration::from_secs(3)));
        assert_eq!(read("99999999n"), Some(Duration::from_nanos(99_999_999)));
        for malformed in ["", "5", "S", "-1S", "+1S", "1.5S", "123456789m", "5s"] {
            assert_eq!(read(malformed), None, "{malformed}");
        }
    }
}
