//! The door of a service: only services that are known come in.

use super::{CallingService, Doorkeeper, SERVICE_TOKEN};
use http::{HeaderMap, Request, Response};
use std::{
    future::{Future, ready},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tonic::{Status, body::Body};
use tower::{Layer, Service};

/// Wraps a gRPC server's services in [`Door`].
#[derive(Clone)]
pub(crate) struct DoorLayer(pub Arc<Doorkeeper>);

impl<S> Layer<S> for DoorLayer {
    type Service = Door<S>;

    fn layer(&self, inner: S) -> Door<S> {
        Door { inner, doorkeeper: Arc::clone(&self.0) }
    }
}

/// Puts the [`CallingService`] into a request's extensions, or answers `UNAUTHENTICATED`.
#[derive(Clone)]
pub(crate) struct Door<S> {
    inner: S,
    doorkeeper: Arc<Doorkeeper>,
}

impl<S, B> Service<Request<B>> for Door<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let Some(name) = token(request.headers()).and_then(|token| self.doorkeeper.identify(token)) else {
            metrics::counter!("rpc.strangers").increment(1);
            let refusal = Status::unauthenticated("a token of a known service is required");
            let mut refusal = refusal.into_http();
            refusal.extensions_mut().insert(Stranger);
            return Box::pin(ready(Ok(refusal)));
        };
        request.extensions_mut().insert(CallingService(name));
        Box::pin(self.inner.call(request))
    }
}

/// In the extensions of a refusal: whoever called is nobody, and what he called may be made up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stranger;

fn token(headers: &HeaderMap) -> Option<&str> {
    let mut lines = headers.get_all(SERVICE_TOKEN).iter();
    // Of two, nobody could say which one counts.
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    line.to_str().ok()
}
