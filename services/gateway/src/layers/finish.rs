//! The last touch on every response: problems get their body, browsers get their orders.

use crate::{
    layers::request_id,
    problem::{PROBLEM_JSON, Problem},
    web::{self, WebFile},
};
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue, header};

/// What every answer tells browsers.
pub(crate) const SECURITY_HEADERS: [(&str, &str); 6] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-resource-policy", "same-site"),
];

/// Of an answer whose bytes a user has brought: nothing in them runs, whatever a browser takes them for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sandboxed;

const SANDBOX_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// The documentation page brings scripts and styles of its own, from this origin only.
const DOCUMENTATION_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Gives every response of status 400 and up a problem body, the framework's own included.
pub(super) async fn problems(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if response.status().as_u16() < 400 { response } else { finished(response, asked) }
}

/// The same of an answer that is given before the routes.
pub(crate) fn as_problem(response: Response, request: &Request) -> Response {
    finished(response, Asked::of(request))
}

/// What a problem tells of its request.
struct Asked {
    path: String,
    request_id: Option<String>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self { path: request.uri().path().to_owned(), request_id: request_id(request) }
    }
}

fn finished(mut response: Response, asked: Asked) -> Response {
    let told = response.extensions_mut().remove::<Problem>();
    let mut problem = told.unwrap_or_else(|| Problem::of_framework(response.status()));
    problem.instance = Some(asked.path);
    problem.trace_id = runtime::propagation::trace_id().or(asked.request_id);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(problem.to_json());
    // For whoever tells it in another shape.
    response.extensions_mut().insert(problem);
    response
}

/// Security headers on every response, errors included.
pub(super) async fn security_headers(request: Request, next: Next) -> Response {
    let is_documentation = request.uri().path().starts_with("/docs");
    let mut response = next.run(request).await;
    let is_sandboxed = response.extensions().get::<Sandboxed>().is_some();
    let is_page = response.extensions().get::<WebFile>().is_some();
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_page {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(web::PAGE_POLICY));
    } else if is_documentation {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCUMENTATION_POLICY));
    }
    if is_sandboxed {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX_POLICY));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
