//! Two of everything on one set of servers.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use std::time::Duration;
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn what_one_instance_imports_the_other_hears_and_both_count_alike() {
    let plan = Plan { instances: 2, cleanup_every: Duration::from_mins(1), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let first = User::new(&fleet.gateways[0]).await;
    let second = first.at(&fleet.gateways[1]);
    let mut live = first.live("").await;
    assert_eq!(live.next().await.unwrap()["type"], "hello");

    let account = second.create_account("Main").await;
    let import = second.import(&account, "trips.csv", round_trips(300, "101.5")).await;

    assert_eq!(import["status"], "completed", "{import}");
    let finished = live.until("import.finished").await;
    assert_eq!(finished["data"]["id"], import["id"]);
    let seq = finished["seq"].as_u64().unwrap();
    let summaries = (first.until_statistics(300).await, second.until_statistics(300).await);
    assert_eq!(summaries.0, summaries.1);
    assert_eq!(summaries.0["net_pnl"]["amount"], "450");

    // The socket breaks; on the other gateway it goes on after the last message heard.
    live.until("notification.created").await;
    drop(live);
    let mut resumed = second.live(&format!("?since={seq}")).await;
    let hello = resumed.next().await.unwrap();
    assert_eq!(hello["data"]["resumed"], true, "{hello}");
    let next = resumed.next().await.unwrap();
    assert_eq!(next["seq"].as_u64(), Some(seq + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cleanup_runs_once_across_instances() {
    let plan = Plan { instances: 2, cleanup_every: Duration::from_hours(1), ..Plan::default() };
    let fleet = Fleet::start(plan).await;

    let runs = eventually("the cleanup", async || {
        sqlx::query_scalar::<_, i64>("SELECT runs FROM periodic_jobs WHERE name = 'auth.cleanup'")
            .fetch_optional(&fleet.auth.pool)
            .await
            .unwrap()
    })
    .await;

    assert_eq!(runs, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_on_one_gateway_closes_the_door_and_the_socket_on_the_other() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(&fleet.gateways[0]).await;
    let elsewhere = user.at(&fleet.gateways[1]);
    let mut live = elsewhere.live("").await;
    live.next().await.unwrap();

    let body = serde_json::json!({"refresh_token": user.refresh_token});
    let answer = user.send(reqwest::Method::POST, "/v1/auth/logout", Some(body)).await;
    assert_eq!(answer.status(), 204);

    assert_eq!(live.closed().await, 4401);
    eventually("the other gateway to refuse the token", async || {
        let answer = elsewhere.send(reqwest::Method::GET, "/v1/trades", None).await;
        (answer.status() == 401).then_some(())
    })
    .await;
}
