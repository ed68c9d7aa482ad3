//! Entity tags on answers, 304 for what a client has already, 412 for a write to what nobody has seen like that.

use crate::{
    conditional::{State, Tags, tag},
    problem::Problem,
};
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use http_body::Body as _;
use identity::Caller;

/// Larger bodies, and those of unknown length, have no tag.
const LARGEST_TAGGED: u64 = 4 * 1024 * 1024;

/// Writes whose services compare states themselves.
const COMPARED: [(&str, &[Method]); 11] = [
    ("/v1/accounts/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/custom-fields/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/imports/{id}", &[Method::DELETE]),
    ("/v1/imports/mappings/{id}", &[Method::PUT, Method::DELETE]),
    ("/v1/journal-templates/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/journal/{date}", &[Method::PUT]),
    ("/v1/notifications/preferences", &[Method::PUT]),
    ("/v1/playbooks/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/saved-views/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/tags/{id}", &[Method::PATCH, Method::DELETE]),
    ("/v1/trades/{id}", &[Method::PATCH]),
];

/// Gives each successful read its tag, and each write that answers with a resource.
pub(crate) async fn tagged(request: Request, next: Next) -> Response {
    let is_read = request.method().is_safe();
    let response = next.run(request).await;
    let shows_state = response.extensions().get::<State>().is_some();
    let length = response.body().size_hint().exact();
    let is_tagged = response.status().is_success()
        && (shows_state || is_read && response.status() == StatusCode::OK)
        && !response.headers().contains_key(header::ETAG)
        && length.is_some_and(|length| (1..=LARGEST_TAGGED).contains(&length));
    if !is_tagged {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    if let Ok(tag) = HeaderValue::from_str(&tag(head.extensions.get(), &body)) {
        head.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(head, Body::from(body))
}

/// 304 for a read of what the client has, 412 for a write under a condition that nobody could fulfil.
pub(super) async fn checked(request: Request, next: Next) -> Response {
    if !request.method().is_safe() {
        return if is_in_vain(&request) { refusal().into_response() } else { next.run(request).await };
    }
    let known = Tags::of(request.headers(), &header::IF_NONE_MATCH);
    let mut response = next.run(request).await;
    let Some(known) = known.filter(|_| response.status() == StatusCode::OK) else { return response };
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if tag.is_some_and(|tag| known.mean(tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            response.headers_mut().remove(gone);
        }
    }
    response
}

/// True for a change of what has no strong tag, on the condition that it has a certain one.
fn is_in_vain(request: &Request) -> bool {
    let changes = [Method::PUT, Method::PATCH, Method::DELETE].contains(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let compared = |(path, methods): &(&str, &[Method])| *path == route && methods.contains(request.method());
    let named = || Tags::of(request.headers(), &header::IF_MATCH);
    changes
        && !COMPARED.iter().any(compared)
        // Who is not signed in learns that first.
        && request.extensions().get::<Caller>().is_some()
        && named().is_some_and(|tags| tags != Tags::Any)
}

fn refusal() -> Problem {
    let detail = "nothing here has a strong entity tag: send no If-Match, or *";
    Problem::new(StatusCode::PRECONDITION_FAILED, "precondition-failed", detail)
}
