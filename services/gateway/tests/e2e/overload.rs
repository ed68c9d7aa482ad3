//! Too much of one kind of work: it is refused at once, and other work goes on.

use crate::{
    fleet::{Fleet, Plan, bulkheads},
    user::User,
};
use gateway::Bulkheads;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::task::JoinSet;

/// What became of requests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    done: usize,
    refused: usize,
}

type Calls = JoinSet<(StatusCode, Option<String>, Value)>;

/// What becomes of the next `count` that are answered.
async fn outcome_of_first(count: usize, calls: &mut Calls) -> Outcome {
    let mut outcome = Outcome::default();
    for _ in 0..count {
        let (status, retry_after, body) = calls.join_next().await.unwrap().unwrap();
        if status.is_success() {
            outcome.done += 1;
            continue;
        }
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
        assert_eq!(body["type"], "urn:journal:problem:overloaded", "{body}");
        assert_eq!(retry_after.as_deref(), Some("1"));
        outcome.refused += 1;
    }
    outcome
}

async fn outcome(mut calls: Calls) -> Outcome {
    outcome_of_first(calls.len(), &mut calls).await
}

fn ask(user: &User, method: &Method, path: &'static str, body: Option<&Value>, times: usize) -> Calls {
    let mut calls = JoinSet::new();
    for _ in 0..times {
        let (user, method, body) = (user.clone(), method.clone(), body.cloned());
        calls.spawn(async move {
            let answer = user.send(method, path, body).await;
            let retry_after =
                answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
            (answer.status(), retry_after, answer.json().await.unwrap_or_default())
        });
    }
    calls
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_that_hang_leave_everything_else_alone() {
    let bulkheads = Bulkheads { bulkhead_statistics: "2/2/300".parse().unwrap(), ..bulkheads() };
    let fleet = Fleet::start(Plan { bulkheads, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let mut holding = fleet.analytics.every_row.begin().await.unwrap();
    sqlx::query("LOCK TABLE trades IN ACCESS EXCLUSIVE MODE").execute(&mut *holding).await.unwrap();

    let mut stuck = ask(&user, &Method::GET, "/v1/analytics/summary", None, 20);
    let excess = outcome_of_first(18, &mut stuck).await;
    testing::eventually("two statements that wait", async || {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
        .fetch_one(&fleet.analytics.every_row)
        .await
        .unwrap();
        (waiting >= 2).then_some(())
    })
    .await;
    user.create_account("Main").await;
    User::sign_in(fleet.gateway(), &user.email).await;
    for path in ["/health", "/ready"] {
        assert_eq!(user.send(Method::GET, path, None).await.status(), StatusCode::OK, "{path}");
    }
    let late = outcome(ask(&user, &Method::GET, "/v1/analytics/summary", None, 3)).await;
    drop(holding);

    assert_eq!(excess, Outcome { done: 0, refused: 18 });
    assert_eq!(late, Outcome { done: 0, refused: 3 });
    assert_eq!(outcome(stuck).await, Outcome { done: 2, refused: 0 });
    user.get("/v1/analytics/summary").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sign_ins_leaves_everything_else_alone() {
    let bulkheads = Bulkheads { bulkhead_sign_in: "1/1/10000".parse().unwrap(), ..bulkheads() };
    let fleet = Fleet::start(Plan { bulkheads, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let login =
        serde_json::json!({"email": user.email, "password": crate::user::PASSWORD, "delivery": "body"});

    let storm = ask(&user, &Method::POST, "/v1/auth/login", Some(&login), 30);
    for n in 0..10 {
        user.create_account(&format!("Account {n}")).await;
    }

    let outcome = outcome(storm).await;
    assert!(outcome.done >= 2 && outcome.refused >= 10, "{outcome:?}");
    User::sign_in(fleet.gateway(), &user.email).await;
}
