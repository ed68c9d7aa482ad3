//! A span, a duration and a count for each gRPC call that a server answers.

use super::code;
use crate::{peers::Stranger, propagation};
use http::{Request, Response};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Instant,
};
use tonic::Code;
use tower::{Layer, Service};
use tracing::Instrument as _;

/// Wraps a gRPC server's services in [`Observe`].
#[derive(Clone, Copy, Debug)]
pub struct ObserveLayer;

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe { inner }
    }
}

/// Opens the server span (a child of the caller's) and measures until the response headers are there.
#[derive(Clone, Debug)]
pub struct Observe<S> {
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Observe<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Future: Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let path = request.uri().path().trim_start_matches('/').to_owned();
        let span = tracing::info_span!(
            "grpc.call",
            otel.name = path,
            otel.kind = "server",
            rpc.system.name = "grpc",
            rpc.method = path,
            rpc.response.status_code = tracing::field::Empty,
            trace_id = tracing::field::Empty,
        );
        let traceparent =
            request.headers().get(propagation::TRACEPARENT).and_then(|value| value.to_str().ok());
        propagation::continue_trace(&span, traceparent);
        let started = Instant::now();
        let response = span.in_scope(|| self.inner.call(request));
        let measured = span.clone();
        Box::pin(
            async move {
                let response = response.await?;
                let code = code::told_by(response.headers());
                measured.record("rpc.response.status_code", code::name(code));
                // Anybody may make up methods that there are not.
                let is_made_up =
                    code == Code::Unimplemented || response.extensions().get::<Stranger>().is_some();
                let method = if is_made_up { "unknown".to_owned() } else { path };
                metrics::histogram!("rpc.server.call.duration",
                    "rpc.method" => method, "rpc.response.status_code" => code::name(code))
                .record(started.elapsed().as_secs_f64());
                Ok(response)
            }
            .instrument(span),
        )
    }
}
