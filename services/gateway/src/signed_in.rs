//! Handlers that take a [`SignedIn`] run only for a valid access token of a live session.

use crate::{Peer, app::App, cookies::Cookie, limits::Asker, origin, problem::Problem};
use axum::extract::FromRequestParts;
use http::{HeaderMap, Method, header, request::Parts};
use identity::{ApiKey, Caller, InvalidToken};
use runtime::status;
use std::net::{IpAddr, Ipv4Addr};

/// Whoever calls.
pub(crate) struct SignedIn(pub Caller);

/// Why the caller of a request is not signed in, found out by a layer before its handler.
#[derive(Clone)]
pub(crate) struct Refused(pub Problem);

const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(caller) = parts.extensions.remove::<Caller>() {
            return Ok(Self(caller));
        }
        if let Some(Refused(refusal)) = parts.extensions.remove::<Refused>() {
            return Err(refusal);
        }
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        let address = Asker::at(peer.map_or(UNKNOWN, |peer| app.proxies.client(peer, &parts.headers)));
        identify(app, &parts.method, &parts.headers, address).await.map(Self)
    }
}

/// The caller by bearer token (an access token or an API key), else by cookie. `address` is what an unknown key counts for.
pub(crate) async fn identify(
    app: &App,
    method: &Method,
    headers: &HeaderMap,
    address: Asker,
) -> Result<Caller, Problem> {
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
    if ApiKey::is_meant_by(token) {
        let caller = app.key_exchange.caller(app, token, address).await?;
        return app.journal_owners.reader(app, caller, headers).await;
    }
    let caller = app.verifier.verify(token).await.map_err(|reason| {
        tracing::debug!(%reason, "access token refused");
        if reason == InvalidToken::Undecided {
            // Anything else than "later" would sign a browser out.
            return Problem::from(status::starting());
        }
        Problem::unauthenticated("the access token is not valid; refresh it or sign in again")
    })?;
    app.journal_owners.reader(app, caller, headers).await
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
