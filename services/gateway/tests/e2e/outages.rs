//! Dependencies that are away: nothing lost, nothing doubled.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::StatusCode;
use servers::{Installation, RabbitMq, SearchPath, Settings};
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_sign_in_imports_reads_and_live_messages_work() {
    let fleet = Fleet::start(Plan { redis: testing::unreachable_redis(), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let mut live = user.live("").await;

    let import = user.import(&account, "trips.csv", round_trips(5, "101")).await;

    assert_eq!(import["status"], "completed");
    live.until("import.finished").await;
    user.until_statistics(5).await;
    assert_eq!(user.get("/v1/trades").await["items"].as_array().unwrap().len(), 5);
    User::sign_in(fleet.gateway(), &user.email).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_meets_a_stopped_rabbitmq_finishes_when_it_is_back() {
    let programs = Installation::find(&SearchPath::of_system()).unwrap().rabbitmq;
    // Its own broker, whose data outlives a stop.
    let settings = Settings { discard: false, ..Settings::scratch().unwrap() };
    let start = async || {
        let (programs, settings) = (programs.clone(), settings.clone());
        tokio::task::spawn_blocking(move || RabbitMq::start(&programs, &settings).unwrap()).await.unwrap()
    };
    let stop =
        async |broker: RabbitMq| tokio::task::spawn_blocking(move || broker.stop().unwrap()).await.unwrap();
    let broker = start().await;
    let events =
        events::Settings { amqp_url: broker.url().into(), amqp_prefix: String::new(), amqp_alone: false };
    let fleet = Fleet::start(Plan { events, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "first.csv", round_trips(3, "101")).await;
    user.until_statistics(3).await;

    stop(broker).await;
    let accepted = user.upload(&account, "second.csv", round_trips(10, "101")).await;
    assert_eq!(accepted.status(), StatusCode::ACCEPTED);
    let import: serde_json::Value = accepted.json().await.unwrap();
    assert_eq!(user.get("/v1/trades").await["items"].as_array().unwrap().len(), 3);
    let broker = start().await;

    let import = user.finished(import["id"].as_str().unwrap()).await;
    assert_eq!(import["status"], "completed", "{import}");
    assert_eq!((import["fills"]["new"].as_u64(), import["fills"]["known"].as_u64()), (Some(14), Some(6)));
    let summary = user.until_statistics(10).await;
    assert_eq!(summary["net_pnl"]["amount"], "10");
    let unread = eventually("both notices", async || {
        let unread = user.get("/v1/notifications").await["unread"].as_u64()?;
        (unread >= 2).then_some(unread)
    })
    .await;
    assert_eq!(unread, 2);
    drop(fleet);
    stop(broker).await;
    servers::remove(&settings.folder).unwrap();
}
