//! The time that a request may take: whoever is called for it knows what is left, and nobody works on when it is over.

use crate::problem::Problem;
use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tower::{Layer, Service};

/// The budget of one group of routes.
pub(crate) fn within(time: Duration) -> Budget {
    Budget { time }
}

/// Wraps routes in [`Budgeted`].
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    time: Duration,
}

impl<S> Layer<S> for Budget {
    type Service = Budgeted<S>;

    fn layer(&self, inner: S) -> Budgeted<S> {
        Budgeted { inner, time: self.time }
    }
}

/// Answers with 504 when the time is over, and drops what was being done.
#[derive(Clone)]
pub(crate) struct Budgeted<S> {
    inner: S,
    time: Duration,
}

impl<S> Service<Request> for Budgeted<S>
where
    S: Service<Request, Response = Response>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answer = runtime::deadline::within(self.time, self.inner.call(request));
        Box::pin(async move {
            match answer.await {
                Ok(answer) => answer,
                Err(_) => Ok(Problem::of_framework(StatusCode::GATEWAY_TIMEOUT).into_response()),
            }
        })
    }
}
