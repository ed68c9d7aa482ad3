//! The last touch on every response: problems get their body, browsers get their orders.

use crate::{
    layers::request_id,
    problem::{PROBLEM_JSON, Problem},
};
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue, header};

/// Gives every response of status 400 and up a problem body, the framework's own included.
pub(super) async fn problems(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let request_id = request_id(&request);
    let mut response = next.run(request).await;
    if response.status().as_u16() < 400 {
        return response;
    }
    let told = response.extensions_mut().remove::<Problem>();
    let mut problem = told.unwrap_or_else(|| Problem::of_framework(response.status()));
    problem.instance = Some(path);
    problem.trace_id = runtime::propagation::trace_id().or(request_id);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(problem.to_json());
    response
}

/// Security headers on every response, errors included.
pub(super) async fn security_headers(request: Request, next: Next) -> Response {
    let is_documentation = request.uri().path().starts_with("/docs");
    let mut response = next.run(request).await;
    // The documentation page brings scripts and styles of its own, from this origin only.
    let policy = if is_documentation {
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    } else {
        "default-src 'none'; frame-ancestors 'none'"
    };
    let headers = response.headers_mut();
    let always = [
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-site"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
