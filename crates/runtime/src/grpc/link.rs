//! The way to another service: each call carries the trace and what is left of its time.

use super::deadline::{self, LONGEST};
use crate::propagation;
use anyhow::Context as _;
use http::{HeaderMap, HeaderValue, Request, Response};
use std::{
    error::Error,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tonic::{
    Status, TimeoutExpired,
    body::Body,
    transport::{Channel, Endpoint},
};
use tower::{Service, ServiceExt as _};

const CONNECT_DEADLINE: Duration = Duration::from_secs(2);

/// A channel to another service. It connects when it is first used, and again when it broke.
#[derive(Clone, Debug)]
pub struct Link {
    channel: Channel,
}

impl Link {
    /// The service behind `url`.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        let endpoint = Endpoint::from_shared(url.to_owned())
            .with_context(|| format!("{url} is not a URL"))?
            .connect_timeout(CONNECT_DEADLINE)
            .tcp_nodelay(true)
            .http2_keep_alive_interval(super::KEEPALIVE_INTERVAL)
            .keep_alive_timeout(super::KEEPALIVE_TIMEOUT)
            .keep_alive_while_idle(true);
        Ok(Self { channel: endpoint.connect_lazy() })
    }
}

impl Service<Request<Body>> for Link {
    type Response = Response<Body>;
    type Error = Status;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Status>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let channel = self.channel.clone();
        let time = time_of(request.headers());
        carry_trace(request.headers_mut());
        deadline::carry(request.headers_mut(), time);
        Box::pin(async move {
            match crate::deadline::within(time, channel.oneshot(request)).await {
                Ok(answer) => answer.map_err(failure),
                Err(_) => Err(deadline::expired()),
            }
        })
    }
}

/// The transport watches the same deadline, and may be the first to notice.
fn failure(error: tonic::transport::Error) -> Status {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if error.is::<TimeoutExpired>() {
            return deadline::expired();
        }
        cause = error.source();
    }
    Status::from_error(error.into())
}

/// What is left to the request that a call is made for, or less if the call asks for less.
fn time_of(headers: &HeaderMap) -> Duration {
    let asked = deadline::asked_for(headers).unwrap_or(LONGEST);
    crate::deadline::left().map_or(asked, |left| asked.min(left))
}

fn carry_trace(headers: &mut HeaderMap) {
    if let Some(Ok(value)) = propagation::traceparent().map(HeaderValue::try_from) {
        headers.insert(propagation::TRACEPARENT, value);
    }
}
