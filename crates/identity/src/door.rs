//! The door before a gRPC service: no valid access token, no call.

use crate::{Caller, InvalidToken, Role, Verifier, rights::Rights};
use http::{HeaderMap, Request, Response, header};
use runtime::{
    peers::{CallingService, GATEWAY},
    status,
};
use std::{
    convert::Infallible,
    future::{Future, ready},
    pin::Pin,
    task::{Context, Poll},
};
use tonic::{Status, body::Body, server::NamedService};
use tower::Service;

/// A gRPC service whose every call, but the public ones, needs `authorization: Bearer <access token>`.
///
/// The verified [`Caller`] is put into the request's extensions; whatever else claims to be an identity (such as an
/// `x-user-id` header) is not looked at. A derived token may call what its scope allows: see [`Verified::reads`].
#[derive(Clone)]
pub struct Verified<S> {
    inner: S,
    verifier: Verifier,
    public: &'static [&'static str],
    public_to_services: &'static [&'static str],
    rights: Rights,
}

impl<S> Verified<S> {
    /// Puts the door before `inner`.
    pub fn new(inner: S, verifier: Verifier) -> Self {
        Self { inner, verifier, public: &[], public_to_services: &[], rights: Rights::default() }
    }

    /// Full paths of calls that need no token, e.g. `/journal.auth.v1.AuthService/Login`. Only the gateway may make them, behind which
    /// they are limited.
    #[must_use]
    pub fn public(mut self, paths: &'static [&'static str]) -> Self {
        self.public = paths;
        self
    }

    /// Full paths of calls that need no token and that every service makes.
    #[must_use]
    pub fn public_to_services(mut self, paths: &'static [&'static str]) -> Self {
        self.public_to_services = paths;
        self
    }

    /// Names of calls that change nothing although they do not begin with `Get` or `List`, e.g. `PreviewImport`.
    #[must_use]
    pub fn reads(mut self, calls: &'static [&'static str]) -> Self {
        self.rights.reads = calls;
        self
    }

    /// Nobody else may read here in the user's place.
    #[must_use]
    pub fn without_actors(mut self) -> Self {
        self.rights.actors = false;
        self
    }

    /// Only whole sessions may call, but for the calls with these names, which derived tokens may call as well.
    #[must_use]
    pub fn sessions_only(mut self, but: &'static [&'static str]) -> Self {
        self.rights.derived = Some(but);
        self
    }

    /// Only whole sessions of users with this role may call: to everybody else, `NOT_FOUND`.
    #[must_use]
    pub fn role_only(mut self, role: Role) -> Self {
        self.rights.role = Some(role);
        self
    }
}

impl<S: NamedService> NamedService for Verified<S> {
    const NAME: &'static str = S::NAME;
}

impl<S> Service<Request<Body>> for Verified<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        // The clone that was polled ready is the one to call.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let path = request.uri().path();
        if self.public_to_services.contains(&path) {
            return Box::pin(inner.call(request));
        }
        if self.public.contains(&path) {
            if CallingService::is(request.extensions(), GATEWAY) {
                return Box::pin(inner.call(request));
            }
            let refusal = Status::unauthenticated("only the gateway may call this for nobody");
            return Box::pin(ready(Ok(refusal.into_http())));
        }
        let (verifier, rights) = (self.verifier.clone(), self.rights);
        Box::pin(async move {
            let refusal = match bearer(request.headers()) {
                None => "an access token is required",
                Some(token) => match verifier.verify(token).await {
                    Ok(caller) => {
                        if let Err(refusal) = rights.check(&caller, request.uri().path()) {
                            return Ok(refusal.into_http());
                        }
                        request.extensions_mut().insert::<Caller>(caller);
                        return inner.call(request).await;
                    }
                    Err(InvalidToken::Undecided) => return Ok(status::starting().into_http()),
                    Err(reason) => {
                        tracing::debug!(%reason, "access token refused");
                        "the access token is not valid"
                    }
                },
            };
            Ok(Status::unauthenticated(refusal).into_http())
        })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    // Of two, nobody could say which one counts.
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    let value = line.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
