//! Answers that are kept, and never shown to whoever has written since, or to anybody else.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use deadpool_redis::redis;
use reqwest::{Method, StatusCode};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::time::Duration;
use testing::eventually;
use tokio::task::JoinSet;

/// How often reads ended like this in this process.
fn outcomes(outcome: &str) -> u64 {
    let line = format!("read_cache_total{{outcome=\"{outcome}\"}} ");
    let metrics = runtime::telemetry::render_metrics();
    metrics.lines().find_map(|found| found.strip_prefix(&line)).map_or(0, |count| count.parse().unwrap())
}

async fn name_of(user: &User, account: &str) -> Value {
    user.get(&format!("/v1/accounts/{account}")).await["name"].clone()
}

async fn rename(user: &User, account: &str, name: &str) {
    let path = format!("/v1/accounts/{account}");
    let answer = user.send(Method::PATCH, &path, Some(json!({"name": name}))).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

/// A server of the test's own, which it may flush.
fn own_redis() -> (servers::Redis, runtime::settings::Redis) {
    let programs = servers::Installation::find(&servers::SearchPath::of_system()).unwrap().redis;
    let server = servers::Redis::start(&programs, &servers::Settings::scratch().unwrap()).unwrap();
    let settings = runtime::settings::Redis { redis_url: server.url().into(), redis_prefix: "t:".to_owned() };
    (server, settings)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_what_was_before_his_own_write_at_whichever_gateway() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let mut writers = JoinSet::new();
    for _ in 0..4 {
        let gateways = fleet.gateways.clone();
        let user = User::new(&gateways[0]).await;
        let account = user.create_account("Main").await;
        writers.spawn(async move {
            for n in 0..250_usize {
                // Which gateway writes, which one reads first, and who reads beside him: random, as are the ids of sessions.
                let dice: u64 = rand::random();
                let at = |bit: usize| user.at(&gateways[usize::from(dice >> bit & 1 == 1)]);
                let (writer, first, second, beside) = (at(0), at(1), at(2), at(3));
                let name = format!("n{n}");
                let reader = beside.clone();
                let path = format!("/v1/accounts/{account}");
                let mut reading = JoinSet::new();
                reading.spawn(async move { reader.get(&path).await });
                if dice >> 4 & 1 == 1 {
                    tokio::task::yield_now().await;
                }
                rename(&writer, &account, &name).await;
                assert_eq!(name_of(&first, &account).await, name, "round {n}");
                let list = second.get("/v1/accounts").await;
                assert_eq!(list["items"][0]["name"], name, "round {n}");
                assert_eq!(name_of(&second, &account).await, name, "round {n}");
                reading.join_all().await;
            }
        });
    }
    writers.join_all().await;
    // They were no test of a cache that is off.
    assert!(outcomes("local") + outcomes("shared") > 300, "{}", runtime::telemetry::render_metrics());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_kept_for_its_reader_alone() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let elsewhere = user.at(&fleet.gateways[1]);
    for user in [&user, &other] {
        user.create_account(&user.email).await;
    }

    let first = user.send(Method::GET, "/v1/accounts", None).await;
    assert_eq!((outcomes("missed"), outcomes("local")), (1, 0));
    let again = user.send(Method::GET, "/v1/accounts", None).await;
    assert_eq!((outcomes("missed"), outcomes("local")), (1, 1));
    for header in ["content-type", "etag", "cache-control", "x-content-type-options"] {
        assert_eq!(first.headers().get(header), again.headers().get(header), "{header}");
    }
    assert_ne!(first.headers().get("x-request-id"), again.headers().get("x-request-id"));
    assert!(again.headers().contains_key("ratelimit"));
    let known = first.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(first.bytes().await.unwrap(), again.bytes().await.unwrap());
    // Kept for the other gateway as well, a moment later.
    eventually("an answer of the other gateway", async || {
        elsewhere.get("/v1/accounts").await;
        (outcomes("shared") == 1).then_some(())
    })
    .await;
    let request = user.client.get(format!("{}/v1/accounts", user.gateway)).bearer_auth(&user.access_token);
    let unchanged = request.header("if-none-match", known).send().await.unwrap();
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);

    let theirs = other.get("/v1/accounts").await;
    assert_eq!(theirs["items"][0]["name"], other.email);
    // Nobody is told anything without a token, or with one that has ended.
    let nobody = user.client.get(format!("{}/v1/accounts", user.gateway)).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    user.send(Method::POST, "/v1/auth/logout", Some(json!({"refresh_token": user.refresh_token}))).await;
    eventually("the end of the session", async || {
        let status = user.send(Method::GET, "/v1/accounts", None).await.status();
        (status == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_the_same_one_asks_the_service() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(50, "101")).await;
    user.until_statistics(50).await;
    let mut lengths = 50..=100;

    // News of the import may still come while they ask: whoever asks after that asks for himself, and it is to be seen with others.
    eventually("answers without news between them", async || {
        let (length, before) = (lengths.next().unwrap(), outcomes("missed"));
        let mut readers = JoinSet::new();
        for _ in 0..50 {
            let (user, path) = (user.clone(), format!("/v1/trades?limit={length}&status=closed"));
            readers.spawn(async move { user.get(&path).await });
        }
        let answers = readers.join_all().await;
        assert!(answers.iter().all(|answer| answer == &answers[0]));
        assert_eq!(answers[0]["items"].as_array().unwrap().len(), 50);
        (outcomes("missed") - before == 1).then_some(())
    })
    .await;

    // Errors are everybody's own.
    let before = outcomes("missed");
    for _ in 0..2 {
        let answer = user.send(Method::GET, "/v1/trades?limit=0", None).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(outcomes("missed") - before, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_and_statistics_are_news_that_come_with_nothing_old() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let elsewhere = user.at(&fleet.gateways[1]);
    let account = user.create_account("Main").await;
    for n in 1..4_u64 {
        let mut live = elsewhere.live("").await;
        live.next().await.unwrap();
        for user in [&user, &elsewhere] {
            user.get("/v1/trades?limit=200").await;
        }
        let trips = usize::try_from(n * 10).unwrap();

        user.import(&account, &format!("{n}.csv"), round_trips(trips, "101")).await;

        let trades = elsewhere.get("/v1/trades?limit=200").await;
        assert_eq!(trades["items"].as_array().unwrap().len(), trips);
        live.until("statistics.updated").await;
        let summary = user.get("/v1/analytics/summary").await;
        assert_eq!(summary["trades"].as_u64(), Some(n * 10), "{summary}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_forgets_or_goes_away_makes_nothing_old_new() {
    let (server, redis) = own_redis();
    let url = redis.redis_url.value().unwrap().expose_secret().to_owned();
    let fleet = Fleet::start(Plan { instances: 2, redis, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let elsewhere = user.at(&fleet.gateways[1]);
    let account = user.create_account("Main").await;
    let mut client = redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.unwrap();

    for n in 0..50 {
        let name = format!("n{n}");
        name_of(&elsewhere, &account).await;
        redis::cmd("FLUSHALL").query_async::<()>(&mut client).await.unwrap();
        rename(&user, &account, &name).await;
        redis::cmd("FLUSHALL").query_async::<()>(&mut client).await.unwrap();
        assert_eq!(name_of(&elsewhere, &account).await, name);
        assert_eq!(name_of(&user, &account).await, name);
    }
    drop(client);
    tokio::task::spawn_blocking(move || server.stop().unwrap()).await.unwrap();
    for n in 0..20 {
        let name = format!("off{n}");
        rename(&user, &account, &name).await;
        assert_eq!(name_of(&elsewhere, &account).await, name);
        assert_eq!(name_of(&user, &account).await, name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cache_of_no_seconds_keeps_nothing() {
    let cache = gateway::CacheSettings { cache_bytes: 64 << 20, cache_time: Duration::ZERO };
    let fleet = Fleet::start(Plan { cache, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    for _ in 0..3 {
        user.get("/v1/accounts").await;
    }
    assert_eq!((outcomes("none"), outcomes("local"), outcomes("missed")), (3, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cache_of_no_bytes_reads_what_redis_has() {
    let cache = gateway::CacheSettings { cache_bytes: 0, cache_time: Duration::from_secs(30) };
    let fleet = Fleet::start(Plan { cache, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    eventually("an answer in Redis", async || {
        user.get("/v1/accounts").await;
        (outcomes("shared") > 0).then_some(())
    })
    .await;
    assert_eq!(outcomes("local"), 0);
}
