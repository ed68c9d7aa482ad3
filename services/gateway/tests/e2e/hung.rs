//! Dependencies that hang instead of being gone: the kernel still takes what is sent to them, and nothing ever comes back.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, StatusCode};
use servers::{Installation, RabbitMq, Redis, SearchPath, Settings, Supervised};
use std::{
    process::Command,
    time::{Duration, Instant},
};

/// Sends a signal to a server, and not to what watches it.
fn signal(server: &Supervised, name: &str) {
    let server = server.pids()[0].to_string();
    assert!(Command::new("kill").args([name, &server]).status().unwrap().success());
}

/// Reads and writes of records, each of which succeeds; how long 99 % of them took at most.
async fn records(user: &User, account: &str, times: usize) -> Duration {
    // A token lives for five minutes, and a long form may take longer.
    let user = User::sign_in(&user.gateway, &user.email).await;
    let mut took = Vec::new();
    for n in 0..times {
        let begun = Instant::now();
        if n % 2 == 0 {
            user.get(&format!("/v1/accounts/{account}")).await;
        } else {
            let name = serde_json::json!({"name": format!("Main {n}")});
            let answer = user.send(Method::PATCH, &format!("/v1/accounts/{account}"), Some(name)).await;
            assert_eq!(answer.status(), StatusCode::OK);
        }
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    took[took.len() * 99 / 100]
}

fn times() -> usize {
    if testing::long_form() { 2_000 } else { 100 }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_redis_hangs_or_is_gone_every_record_is_read_and_written() {
    let program = Installation::find(&SearchPath::of_system()).unwrap().redis;
    let settings = Settings::scratch().unwrap();
    let mut server = Redis::start(&program, &settings).unwrap();
    let redis = runtime::settings::Redis { redis_url: server.url().into(), redis_prefix: "hung:".to_owned() };
    let fleet = Fleet::start(Plan { redis, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let before = records(&user, &account, times()).await;

    signal(server.process(), "-STOP");
    let hung = records(&user, &account, times()).await;
    signal(server.process(), "-CONT");
    server.stop().unwrap();
    let gone = records(&user, &account, times()).await;

    println!("99 % of the requests within {before:?}; while Redis hangs {hung:?}, while it is gone {gone:?}");
    if testing::long_form() {
        let bound = before + Duration::from_millis(50);
        assert!(hung <= bound && gone <= bound, "{before:?} {hung:?} {gone:?}");
    }
    User::sign_in(fleet.gateway(), &user.email).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_rabbitmq_hangs_every_record_is_read_and_written_and_imports_wait() {
    let programs = Installation::find(&SearchPath::of_system()).unwrap().rabbitmq;
    let settings = Settings::scratch().unwrap();
    let starting = settings.clone();
    let start = tokio::task::spawn_blocking(move || RabbitMq::start(&programs, &starting).unwrap());
    let mut broker = start.await.unwrap();
    let events =
        events::Settings { amqp_url: broker.url().into(), amqp_prefix: String::new(), amqp_alone: false };
    let fleet = Fleet::start(Plan { events, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "first.csv", round_trips(3, "101")).await;
    let before = records(&user, &account, times()).await;

    signal(broker.process(), "-STOP");
    let hung = records(&user, &account, times()).await;
    let queued = user.upload(&account, "second.csv", round_trips(10, "101")).await;
    assert_eq!(queued.status(), StatusCode::ACCEPTED);
    signal(broker.process(), "-CONT");

    println!("99 % of the requests within {before:?}; while RabbitMQ hangs {hung:?}");
    if testing::long_form() {
        assert!(hung <= before * 3 / 2 + Duration::from_millis(5), "{before:?} {hung:?}");
    }
    let import: serde_json::Value = queued.json().await.unwrap();
    assert_eq!(user.finished(import["id"].as_str().unwrap()).await["status"], "completed");
    user.until_statistics(10).await;
    drop(fleet);
    tokio::task::spawn_blocking(move || broker.stop().unwrap()).await.unwrap();
}
