//! A storm of tokens under keys that nobody knows.

use futures_util::FutureExt as _;
use http::{Request, Response};
use identity::{InvalidToken, Issuer, SessionId, Settings, UserId, Verifier};
use journal_proto::auth::v1::{
    GetJwksRequest, GetJwksResponse, ListRevocationsRequest, ListRevocationsResponse,
};
use runtime::{Clock, Service};
use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};
use testing::{Running, start};
use tonic::{Status, body::Body, server::NamedService, service::Routes};
use tonic_prost::ProstCodec;
use uuid::Uuid;

/// Auth as far as a verifier asks it, which counts how often.
#[derive(Clone)]
struct CountingAuth {
    jwks: String,
    fetches: Arc<AtomicUsize>,
}

impl NamedService for CountingAuth {
    const NAME: &'static str = "journal.auth.v1.AuthService";
}

impl tower::Service<Request<Body>> for CountingAuth {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let auth = self.clone();
        Box::pin(async move {
            let answer = if request.uri().path().ends_with("/GetJwks") {
                let keys = tower::service_fn(move |_: tonic::Request<GetJwksRequest>| {
                    auth.fetches.fetch_add(1, Ordering::SeqCst);
                    let answer = tonic::Response::new(GetJwksResponse { jwks_json: auth.jwks.clone() });
                    async move { Ok::<_, Status>(answer) }
                });
                tonic::server::Grpc::new(ProstCodec::default()).unary(keys, request).await
            } else {
                let nothing = tower::service_fn(|_: tonic::Request<ListRevocationsRequest>| async {
                    Ok::<_, Status>(tonic::Response::new(ListRevocationsResponse::default()))
                });
                tonic::server::Grpc::new(ProstCodec::default()).unary(nothing, request).await
            };
            Ok(answer)
        })
    }
}

/// A verifier that asks an auth which publishes the key of `issuer`; how often it did; and what keeps both alive.
fn verifier(issuer: &Issuer) -> (Verifier, Arc<AtomicUsize>, [Running; 2]) {
    let fetches = Arc::new(AtomicUsize::new(0));
    let auth = CountingAuth { jwks: issuer.jwks_json(), fetches: Arc::clone(&fetches) };
    let (grpc, url) = testing::grpc();
    let serving = start(|shutdown| async move {
        let mut service = Service::new("auth", shutdown, &testing::admin());
        runtime::grpc::serve(&mut service, &grpc, Routes::new(auth)).await?;
        service.run().await
    });
    let mut made = None;
    let asking = start(|shutdown| {
        let mut service = Service::new("other", shutdown, &testing::admin());
        let settings = Settings::of(url, testing::calls_of("trades"));
        // A key that is given as it is has nothing to wait for.
        let verifier = Verifier::connect(&mut service, &settings, Clock::system()).now_or_never();
        made = verifier.map(Result::unwrap);
        service.run()
    });
    (made.unwrap(), fetches, [serving, asking])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tokens_with_unknown_keys_cause_one_fetch_and_hold_up_no_good_token() {
    let issuer = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();
    let (verifier, fetches, _running) = verifier(&issuer);
    let token = |issuer: &Issuer| issuer.issue(UserId(Uuid::now_v7()), SessionId(Uuid::now_v7())).unwrap().0;
    // The first one waits until the keys are there.
    verifier.verify(&token(&issuer)).await.unwrap();
    let stranger = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();

    let mut storm = tokio::task::JoinSet::new();
    for _ in 0..1_000 {
        let (asked, bad) = (verifier.clone(), token(&stranger));
        storm.spawn(async move { asked.verify(&bad).await.map(|_| ()) });
        verifier.verify(&token(&issuer)).await.unwrap();
    }
    for outcome in storm.join_all().await {
        assert_eq!(outcome, Err(InvalidToken::UnknownKey));
    }

    verifier.verify(&token(&issuer)).await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 1, "only the one at the start");
}
