//! Handlers that take a [`SignedIn`] run only for a valid access token of a live session.

use crate::{app::App, cookies::Cookie, origin, problem::Problem};
use axum::extract::FromRequestParts;
use http::{HeaderMap, Method, header, request::Parts};
use identity::Caller;

/// Whoever calls.
pub(crate) struct SignedIn(pub Caller);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match parts.extensions.remove::<Caller>() {
            Some(caller) => Ok(Self(caller)),
            None => identify(app, &parts.method, &parts.headers).await.map(Self),
        }
    }
}

/// The caller by bearer token, else by cookie.
pub(crate) async fn identify(app: &App, method: &Method, headers: &HeaderMap) -> Result<Caller, Problem> {
    let token = if let Some(value) = headers.get(header::AUTHORIZATION) {
        bearer(value.to_str().unwrap_or_default())
            .ok_or_else(|| Problem::unauthenticated("the Authorization header is not a bearer token"))?
    } else {
        let token = Cookie::Access
            .read(headers, &app.browsers)
            .ok_or_else(|| Problem::unauthenticated("sign in first: an access token is required"))?;
        origin::check(method, headers, &app.browsers)?;
        token
    };
    let refused = || Problem::unauthenticated("the access token is not valid; refresh it or sign in again");
    app.verifier.verify(token).await.map_err(|reason| {
        tracing::debug!(%reason, "access token refused");
        refused()
    })
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
