//! Requests whose time is over, or whose client is gone: they are answered in time, and nobody works on for them.

use crate::{
    fleet::{Fleet, Plan, budgets},
    user::User,
};
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use sqlx::{PgPool, Postgres, Transaction};
use std::time::{Duration, Instant};
use testing::{TestDatabase, eventually};

/// Makes every statement on `table` wait.
async fn hold(database: &TestDatabase, table: &'static str) -> Transaction<'static, Postgres> {
    let mut holding = database.every_row.begin().await.unwrap();
    let lock = sqlx::AssertSqlSafe(format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"));
    sqlx::query(lock).execute(&mut *holding).await.unwrap();
    holding
}

/// Statements of the service that wait, and transactions of it in which nothing happens.
async fn left_over(database: &PgPool) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE '%\\_app'
         AND (wait_event_type = 'Lock' OR state LIKE 'idle in transaction%')",
    )
    .fetch_one(database)
    .await
    .unwrap()
}

/// A machine that does other things as well may take its time.
fn most() -> Duration {
    if testing::long_form() { Duration::from_millis(200) } else { Duration::from_secs(2) }
}

async fn until_waiting(database: &PgPool) {
    eventually("a statement that waits", async || (left_over(database).await > 0).then_some(())).await;
}

/// How long it takes until nothing is left. Whoever looks for the first time connects first, which is no time of the statements.
async fn until_nothing_is_left(database: &PgPool) -> Duration {
    let over = Instant::now();
    eventually("the statements to end", async || (left_over(database).await == 0).then_some(())).await;
    over.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_time_is_over_is_answered_with_504_and_leaves_no_statement() {
    let fleet = Fleet::start(Plan { budgets: budgets(Duration::from_secs(6)), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let trades = hold(&fleet.trades, "accounts").await;
    let analytics = hold(&fleet.analytics, "trades").await;
    let notifications = hold(&fleet.notifications, "notifications").await;
    let auth = hold(&fleet.auth, "users").await;

    let too_late = [
        ("/v1/accounts", &fleet.trades),
        ("/v1/analytics/summary", &fleet.analytics),
        ("/v1/notifications", &fleet.notifications),
        ("/v1/me", &fleet.auth),
    ]
    .map(async |(path, database)| {
        let asking = user.send(Method::GET, path, None);
        let (answer, ()) = tokio::join!(asking, until_waiting(&database.every_row));
        let took = until_nothing_is_left(&database.every_row).await;

        assert_eq!(answer.status(), StatusCode::GATEWAY_TIMEOUT, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["type"], "urn:journal:problem:timeout", "{problem}");
        assert!(took < most(), "{path}: statements ran on for {took:?}");
        println!("{path}: nothing left after {took:?}");
    });
    futures_util::future::join_all(too_late).await;
    drop((trades, analytics, notifications, auth));
    user.create_account("Main").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_the_same_answer_has_no_more_time() {
    let budget = Duration::from_secs(6);
    let fleet = Fleet::start(Plan { budgets: budgets(budget), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let trades = hold(&fleet.trades, "accounts").await;
    let begun = Instant::now();

    let asking = (0..3).map(|_| user.send(Method::GET, "/v1/accounts", None));
    let answers = futures_util::future::join_all(asking).await;

    let took = begun.elapsed();
    assert!(answers.iter().all(|answer| answer.status() == StatusCode::GATEWAY_TIMEOUT));
    // Twice that, if one had waited for the other first.
    assert!(took < budget + budget / 2, "the last one was answered after {took:?}");
    drop(trades);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_client_goes_away_nobody_works_on_for_it() {
    // So long that nothing but the client's end can be what ends the statements.
    let fleet = Fleet::start(Plan { budgets: budgets(Duration::from_mins(1)), ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let holding = hold(&fleet.trades, "accounts").await;

    // Connections of their own, which end with them.
    let impatient = (0..5).map(|_| {
        let request = Client::new().get(format!("{}/v1/accounts", user.gateway));
        request.bearer_auth(&user.access_token).timeout(Duration::from_millis(500)).send()
    });
    let (answers, ()) =
        tokio::join!(futures_util::future::join_all(impatient), until_waiting(&fleet.trades.every_row));
    assert!(answers.into_iter().all(|answer| answer.is_err_and(|error| error.is_timeout())));

    let took = until_nothing_is_left(&fleet.trades.every_row).await;
    assert!(took < most(), "statements ran on for {took:?}");
    println!("nothing left after {took:?}");
    drop(holding);
    user.create_account("Main").await;
}

#[tokio::test]
async fn a_transaction_is_bound_by_what_is_left_to_its_request() {
    let database = testing::database("bounds", &[&*runtime::postgres::MIGRATOR]).await;
    let of_a_request = runtime::deadline::within(Duration::from_secs(7), async {
        let mut tx = runtime::postgres::begin_for(&database.pool, uuid::Uuid::now_v7()).await.unwrap();
        let bound: String =
            sqlx::query_scalar("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'")
                .fetch_one(&mut *tx)
                .await
                .unwrap();
        bound.parse::<u64>().unwrap()
    });

    let millis = Box::pin(of_a_request).await.unwrap();

    assert!((1..=7_000).contains(&millis), "{millis}");
}
