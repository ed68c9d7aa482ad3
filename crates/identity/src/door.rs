//! The door before a gRPC service: no valid access token, no call.

use crate::Verifier;
use http::{HeaderMap, Request, Response, header};
use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use tonic::{Status, body::Body, server::NamedService};
use tower::Service;

/// A gRPC service whose every call, but the public ones, needs `authorization: Bearer <access token>`.
///
/// The verified [`crate::Caller`] is put into the request's extensions; whatever else claims to be an identity (such as an
/// `x-user-id` header) is not looked at.
#[derive(Clone)]
pub struct Verified<S> {
    inner: S,
    verifier: Verifier,
    public: &'static [&'static str],
}

impl<S> Verified<S> {
    /// Puts the door before `inner`.
    pub fn new(inner: S, verifier: Verifier) -> Self {
        Self { inner, verifier, public: &[] }
    }

    /// Full paths of calls that need no token, e.g. `/journal.auth.v1.AuthService/Login`.
    #[must_use]
    pub fn public(mut self, paths: &'static [&'static str]) -> Self {
        self.public = paths;
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
        if self.public.contains(&request.uri().path()) {
            return Box::pin(inner.call(request));
        }
        let verifier = self.verifier.clone();
        Box::pin(async move {
            let refusal = match bearer(request.headers()) {
                None => "an access token is required",
                Some(token) => match verifier.verify(token).await {
                    Ok(caller) => {
                        request.extensions_mut().insert(caller);
                        return inner.call(request).await;
                    }
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
