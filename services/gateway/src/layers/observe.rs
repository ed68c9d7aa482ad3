//! An id, a span, a duration and a count for each request.

use crate::web::WebFile;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, Method};
use std::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id that [`request`] gave to a request.
pub(crate) fn request_id(request: &Request) -> Option<String> {
    request.headers().get(X_REQUEST_ID).and_then(|id| id.to_str().ok()).map(str::to_owned)
}

/// Accepts a sane `X-Request-Id` or makes one, opens the server span, measures, and answers the id.
pub(super) async fn request(mut request: Request, next: Next) -> Response {
    let id = accepted(request.headers().get(X_REQUEST_ID)).unwrap_or_else(new_id);
    request.headers_mut().insert(X_REQUEST_ID, id.clone());
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "http.request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
        trace_id = tracing::field::Empty,
        request.id = id.to_str().unwrap_or_default(),
    );
    let traceparent =
        request.headers().get(runtime::propagation::TRACEPARENT).and_then(|value| value.to_str().ok());
    runtime::propagation::continue_trace(&span, traceparent);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let route = if response.extensions().get::<WebFile>().is_some() { "web".to_owned() } else { route };
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    let elapsed = started.elapsed();
    metrics::histogram!("http.server.request.duration",
        "http.request.method" => method, "http.route" => route.clone(), "http.response.status_code" => status.to_string())
    .record(elapsed.as_secs_f64());
    span.in_scope(|| {
        let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(
            method,
            route,
            status,
            milliseconds,
            request_id = id.to_str().unwrap_or_default(),
            "request"
        );
    });
    response.headers_mut().insert(X_REQUEST_ID, id);
    response
}

/// The method's name; one name for all that there are not, as anybody may invent one.
fn known(method: &Method) -> &'static str {
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    methods.into_iter().find(|known| *known == method.as_str()).unwrap_or("_OTHER")
}

fn accepted(id: Option<&HeaderValue>) -> Option<HeaderValue> {
    let text = id?.to_str().ok()?;
    let sane = !text.is_empty() && text.len() <= 128 && text.bytes().all(|byte| byte.is_ascii_graphic());
    sane.then(|| id.cloned()).flatten()
}

fn new_id() -> HeaderValue {
    HeaderValue::from_str(&Uuid::now_v7().to_string()).unwrap_or(HeaderValue::from_static("none"))
}
