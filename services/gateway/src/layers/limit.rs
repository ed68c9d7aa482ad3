//! Counts each request against the quota of its kind, and says what is left of it.

use crate::{
    Peer,
    app::App,
    limits::{Asker, Class, Quota, Verdict},
    signed_in::{self, Refused},
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderName, HeaderValue};

/// As draft-ietf-httpapi-ratelimit-headers names them.
pub(super) const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub(super) const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// A request beyond its quota is answered with 429 and does nothing.
pub(super) async fn requests(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let Some(class) = Class::of(request.method(), route) else { return next.run(request).await };
    let (class, asker) = asker(&app, class, &mut request).await;
    request.extensions_mut().insert(asker);
    let verdict = app.limits.take(class, asker).await;
    let mut response = if verdict.allowed {
        next.run(request).await
    } else {
        metrics::counter!("http.requests.limited", "class" => class.name()).increment(1);
        verdict.refusal().into_response()
    };
    tell(&mut response, class, app.limits.quota(class), verdict);
    response
}

/// Who is counted, and as what: a request that nobody is signed in for counts for its address.
async fn asker(app: &App, class: Class, request: &mut Request) -> (Class, Asker) {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let peer = peer.unwrap_or(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED));
    let address = Asker::at(app.proxies.client(peer, request.headers()));
    if matches!(class, Class::SignIn | Class::Elsewhere) {
        return (class, address);
    }
    // Handlers need not look at the token again.
    match signed_in::identify(app, request.method(), request.headers(), address).await {
        Ok(caller) => {
            let asker = match (caller.scope, caller.actor) {
                (_, Some(mentor)) => Asker::User(mentor.0),
                (Some(_), None) => Asker::ApiKey(caller.session_id.0),
                (None, None) => Asker::User(caller.user_id.0),
            };
            request.extensions_mut().insert(caller);
            (class, asker)
        }
        Err(refusal) => {
            request.extensions_mut().insert(Refused(refusal));
            (Class::Anonymous, address)
        }
    }
}

fn tell(response: &mut Response, class: Class, quota: Quota, verdict: Verdict) {
    let name = class.name();
    let policy = format!("\"{name}\";q={};w={}", quota.requests, quota.within.as_secs());
    let left =
        format!("\"{name}\";r={};t={}", verdict.remaining, verdict.resets_in.as_millis().div_ceil(1_000));
    for (header, text) in [(RATELIMIT_POLICY, policy), (RATELIMIT, left)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(header, value);
        }
    }
}
