//! A span, a duration and a count for each gRPC call that a server answers.

use crate::propagation;
use http::{Request, Response};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Instant,
};
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
        let (package, method) = path.rsplit_once('/').unwrap_or(("", &path));
        let span = tracing::info_span!(
            "grpc.call",
            otel.name = path,
            otel.kind = "server",
            rpc.system = "grpc",
            rpc.service = package,
            rpc.method = method,
            rpc.grpc.status_code = tracing::field::Empty,
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
                // Set only when a call fails before it streams: success stands in the trailers.
                let code = response
                    .headers()
                    .get("grpc-status")
                    .and_then(|v| v.to_str().ok())
                    .unwrap_or("0")
                    .to_owned();
                measured.record("rpc.grpc.status_code", &code);
                metrics::histogram!("rpc_server_duration_seconds", "rpc" => path.clone())
                    .record(started.elapsed().as_secs_f64());
                metrics::counter!("rpc_server_calls_total", "rpc" => path, "code" => code).increment(1);
                Ok(response)
            }
            .instrument(span),
        )
    }
}
