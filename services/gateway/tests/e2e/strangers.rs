//! Calls straight to the services' ports: from nobody they know, from the wrong service, or for nobody.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use http::{HeaderMap, HeaderValue, Request};
use prost::Message as _;
use prost_types::FileDescriptorSet;
use runtime::peers::{SERVICE_TOKEN, ServiceKey};
use time::{Duration, OffsetDateTime};
use tonic::{Code, Status, body::Body, transport::Channel};
use tower::ServiceExt as _;

/// A call of a service, and which service's.
struct Rpc {
    path: String,
    service: &'static str,
}

/// Every call of every contract, and the health check that each server adds.
fn every_rpc() -> Vec<Rpc> {
    let contracts = FileDescriptorSet::decode(journal_proto::DESCRIPTORS).unwrap();
    let mut found = Vec::new();
    for file in contracts.file {
        let owners = ["auth", "trades", "analytics", "notifications"];
        let of = |name: &&&str| file.package().starts_with(&format!("journal.{name}."));
        let Some(service) = owners.iter().find(of) else { continue };
        for described in &file.service {
            for method in &described.method {
                let path = format!("/{}.{}/{}", file.package(), described.name(), method.name());
                found.push(Rpc { path, service });
            }
        }
    }
    assert!(found.len() > 60, "{}", found.len());
    found.extend(
        ["auth", "trades", "analytics", "notifications"]
            .map(|service| Rpc { path: "/grpc.health.v1.Health/Check".to_owned(), service }),
    );
    found
}

/// The code that a call with an empty message and these headers ends with.
async fn code(fleet: &Fleet, rpc: &Rpc, headers: &HeaderMap) -> Code {
    let place = ["auth", "trades", "analytics", "notifications"].iter().position(|name| *name == rpc.service);
    let url = &fleet.services[place.unwrap()];
    let channel = Channel::from_shared(url.clone()).unwrap().connect_lazy();
    let mut request = Request::post(format!("{url}{}", rpc.path))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(Body::new(axum::body::Body::from(vec![0; 5])))
        .unwrap();
    request.headers_mut().extend(headers.clone());
    let answer = channel.oneshot(request).await.unwrap();
    Status::from_header_map(answer.headers()).map_or(Code::Ok, |status| status.code())
}

fn key(name: &str) -> ServiceKey {
    ServiceKey::parse(&testing::service_key(name)).unwrap()
}

fn headers<const N: usize>(pairs: [(&'static str, String); N]) -> HeaderMap {
    pairs
        .map(|(name, value)| (name.parse().unwrap(), HeaderValue::try_from(value).unwrap()))
        .into_iter()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_known_service_is_refused_by_every_call() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let me = user.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", user.access_token);
    let now = runtime::Clock::system().now();
    let strange = ServiceKey::parse(&ServiceKey::generate("gateway").unwrap()).unwrap();
    let old = |now: OffsetDateTime| now - Duration::minutes(5);

    for rpc in every_rpc() {
        let elsewhere = if rpc.service == "auth" { "trades" } else { "auth" };
        for (who, token) in [
            ("nobody", None),
            ("a name", Some("gateway".to_owned())),
            ("a stranger", Some(strange.token(rpc.service, now))),
            ("yesterday's", Some(key("gateway").token(rpc.service, old(now)))),
            ("meant for another", Some(key("gateway").token(elsewhere, now))),
        ] {
            let mut all = headers([("x-user-id", me.clone()), ("authorization", bearer.clone())]);
            all.extend(
                token
                    .iter()
                    .map(|token| (SERVICE_TOKEN.parse().unwrap(), token.parse().unwrap()))
                    .collect::<HeaderMap>(),
            );
            assert_eq!(code(&fleet, &rpc, &all).await, Code::Unauthenticated, "{who}: {}", rpc.path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_service_needs_the_users_token_too_and_only_the_gateway_calls_for_nobody() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let me = user.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    let now = runtime::Clock::system().now();

    for rpc in every_rpc() {
        let for_all = ["/Check", "/GetJwks", "/ListRevocations"];
        let is_for_all = for_all.iter().any(|call| rpc.path.ends_with(call));
        let of_analytics = headers([
            (SERVICE_TOKEN, key("analytics").token(rpc.service, now)),
            ("x-user-id", me.clone()),
            ("authorization", "Bearer forged.to.ken".to_owned()),
        ]);

        let refused = code(&fleet, &rpc, &of_analytics).await == Code::Unauthenticated;

        assert_eq!(refused, !is_for_all, "{}", rpc.path);
    }
}
