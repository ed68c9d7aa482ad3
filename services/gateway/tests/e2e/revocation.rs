//! An ended session is refused everywhere: at every gateway, at every service's own port, and on open sockets.

use crate::{
    fleet::{Fleet, Plan},
    user::{Live, PASSWORD, User},
};
use journal_proto::{
    analytics::v1::{GetSummaryRequest, analytics_service_client::AnalyticsServiceClient},
    auth::v1::{GetMeRequest, auth_service_client::AuthServiceClient},
    notifications::v1::{ListNotificationsRequest, notifications_service_client::NotificationsServiceClient},
    trades::v1::{ListTradesRequest, trades_service_client::TradesServiceClient},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use servers::{Installation, Redis, SearchPath, Settings};
use std::time::{Duration, Instant};
use testing::{eventually, with_bearer};
use tonic::Code;

/// The promise: refused everywhere within a second, in 99 of 100 cases.
const WITHIN: Duration = Duration::from_secs(1);
const LOOK: Duration = Duration::from_millis(50);

/// Ways for a session to end.
#[derive(Clone, Copy, Debug)]
enum End {
    Logout,
    Revocation,
    PasswordChange,
    Reuse,
}

const ENDS: [End; 4] = [End::Logout, End::Revocation, End::PasswordChange, End::Reuse];

impl End {
    /// Ends the session of `user`, by way of another one of the same account where that is how it is done.
    async fn bring_about(self, user: &User) {
        let tokens = json!({"refresh_token": user.refresh_token});
        match self {
            Self::Logout => {
                let answer = user.send(Method::POST, "/v1/auth/logout", Some(tokens)).await;
                assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            }
            Self::Revocation => {
                let sessions = user.get("/v1/auth/sessions").await;
                let own =
                    sessions["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
                let path = format!("/v1/auth/sessions/{}", own["id"].as_str().unwrap());
                let other = User::sign_in(&user.gateway, &user.email).await;
                let answer = other.send(Method::DELETE, &path, None).await;
                assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            }
            Self::PasswordChange => {
                // To itself: the next sign-in of the test has the same one.
                let other = User::sign_in(&user.gateway, &user.email).await;
                let body = json!({"current_password": PASSWORD, "new_password": PASSWORD});
                let answer = other.send(Method::POST, "/v1/auth/password/change", Some(body)).await;
                assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            }
            Self::Reuse => {
                let url = format!("{}/v1/auth/refresh", user.gateway);
                let refresh = |program: &'static str| {
                    user.client.post(&url).header("user-agent", program).json(&tokens).send()
                };
                assert_eq!(refresh("a").await.unwrap().status(), StatusCode::OK);
                assert_eq!(refresh("b").await.unwrap().status(), StatusCode::UNAUTHORIZED);
            }
        }
    }
}

/// Looks every 50 ms until the token is refused at this gateway; since when it has been.
async fn refused(user: User) -> Instant {
    loop {
        if user.send(Method::GET, "/v1/trades?limit=1", None).await.status() == StatusCode::UNAUTHORIZED {
            return Instant::now();
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn closed(mut live: Live) -> Instant {
    assert_eq!(live.closed().await, 4401);
    Instant::now()
}

#[tokio::test(flavor = "multi_thread")]
async fn however_a_session_ends_every_gateway_refuses_it_and_closes_its_sockets() {
    let long = std::env::var_os("LONG_TESTS").is_some();
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let email = User::new(fleet.gateway()).await.email;
    let mut took = Vec::new();

    for end in ENDS.repeat(if long { 50 } else { 1 }) {
        let user = User::sign_in(&fleet.gateways[0], &email).await;
        let elsewhere = user.at(&fleet.gateways[1]);
        let mut live = elsewhere.live("").await;
        live.next().await.unwrap();

        end.bring_about(&user).await;

        let ended = Instant::now();
        let (here, there, socket) = tokio::join!(refused(user), refused(elsewhere), closed(live));
        took.extend([here, there, socket].map(|at| at - ended));
    }

    took.sort();
    let p99 = took[took.len() * 99 / 100];
    eprintln!("refused after: p50 {:?}, p99 {p99:?} of {}", took[took.len() / 2], took.len());
    assert!(!long || p99 <= WITHIN, "p99 {p99:?}");
}

/// What every service says to the token on its own port.
async fn answers(fleet: &Fleet, token: &str) -> Vec<Code> {
    macro_rules! code {
        ($client:ident, $peer:literal, $place:literal, $method:ident, $message:expr) => {{
            let mut client = $client::new(testing::link($peer, &fleet.services[$place]));
            let answer = client.$method(with_bearer($message, token)).await;
            answer.map_or_else(|status| status.code(), |_| Code::Ok)
        }};
    }
    vec![
        code!(AuthServiceClient, "auth", 0, get_me, GetMeRequest {}),
        code!(TradesServiceClient, "trades", 1, list_trades, ListTradesRequest::default()),
        code!(AnalyticsServiceClient, "analytics", 2, get_summary, GetSummaryRequest::default()),
        code!(
            NotificationsServiceClient,
            "notifications",
            3,
            list_notifications,
            ListNotificationsRequest::default()
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_refuses_the_token_of_an_ended_session_on_its_own_port() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    assert_eq!(answers(&fleet, &user.access_token).await, [Code::Ok; 4]);

    End::Logout.bring_about(&user).await;

    eventually("every service to refuse it", async || {
        let answers = answers(&fleet, &user.access_token).await;
        (answers == [Code::Unauthenticated; 4]).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_and_without_a_broker_an_ended_session_is_refused_all_the_same() {
    let events = events::Settings {
        amqp_url: "amqp://127.0.0.1:1".into(),
        amqp_prefix: String::new(),
        amqp_alone: false,
    };
    let plan = Plan { instances: 2, redis: testing::unreachable_redis(), events, ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let user = User::new(fleet.gateway()).await;
    let elsewhere = user.at(&fleet.gateways[1]);
    let mut live = elsewhere.live("").await;
    live.next().await.unwrap();

    End::Logout.bring_about(&user).await;

    let ended = Instant::now();
    let (there, socket) = tokio::join!(refused(elsewhere), closed(live));
    assert!(there.max(socket) - ended < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flushed_redis_revives_no_token() {
    // Its own one: flushing another's would disturb other tests.
    let programs = Installation::find(&SearchPath::of_system()).unwrap().redis;
    let settings = Settings::scratch().unwrap();
    let redis =
        tokio::task::spawn_blocking(move || Redis::start(&programs, &settings).unwrap()).await.unwrap();
    let settings = runtime::settings::Redis { redis_url: redis.url().into(), redis_prefix: String::new() };
    let fleet = Fleet::start(Plan { instances: 2, redis: settings, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let elsewhere = user.at(&fleet.gateways[1]);
    End::Logout.bring_about(&user).await;
    refused(elsewhere.clone()).await;

    let client = deadpool_redis::redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    deadpool_redis::redis::cmd("FLUSHALL").query_async::<()>(&mut connection).await.unwrap();

    for user in [user, elsewhere] {
        let answer = user.send(Method::GET, "/v1/trades", None).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
}
