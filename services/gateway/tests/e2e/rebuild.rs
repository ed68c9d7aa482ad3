//! Projections recomputed from their source are the same projections.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::Method;
use serde_json::json;
use sqlx::PgPool;
use testing::eventually;

async fn rows(analytics: &PgPool) -> Vec<String> {
    let trades = "SELECT t::text FROM trades t WHERE NOT removed ORDER BY user_id, id";
    let accounts = "SELECT a::text FROM accounts a WHERE NOT deleted ORDER BY user_id, id";
    let mut rows: Vec<String> = sqlx::query_scalar(trades).fetch_all(analytics).await.unwrap();
    let flows = "SELECT f::text FROM cash_flows f WHERE NOT removed ORDER BY user_id, id";
    rows.extend(sqlx::query_scalar::<_, String>(flows).fetch_all(analytics).await.unwrap());
    rows.extend(sqlx::query_scalar::<_, String>(accounts).fetch_all(analytics).await.unwrap());
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_gives_identical_rows() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let other = User::new(fleet.gateway()).await;
    for trader in [&user, &other] {
        let account = trader.create_account("Main").await;
        trader.import(&account, "trips.csv", round_trips(40, "101.5")).await;
        for (kind, amount) in [("deposit", "5000.25"), ("withdrawal", "-17")] {
            let cash = json!({"kind": kind, "amount": amount});
            trader.send(Method::POST, &format!("/v1/accounts/{account}/cash"), Some(cash)).await;
        }
        let undone = trader
            .import(&account, "more.csv", round_trips(60, "99").replace(",B", ",C").replace(",S", ",T"))
            .await;
        trader.until_statistics(100).await;
        trader.send(Method::DELETE, &format!("/v1/imports/{}", undone["id"].as_str().unwrap()), None).await;
        trader.until_statistics(40).await;
    }
    eventually("deposits and withdrawals", async || {
        let flows: i64 = sqlx::query_scalar("SELECT count(*) FROM cash_flows")
            .fetch_one(&fleet.analytics.every_row)
            .await
            .unwrap();
        (flows == 4).then_some(())
    })
    .await;
    let before = rows(&fleet.analytics.every_row).await;

    // What a fault might have left behind: wrong, missing and invented rows.
    let owner = &fleet.analytics.every_row;
    let me = user.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    sqlx::query("UPDATE trades SET net_pnl = 0 WHERE user_id = $1::uuid")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    sqlx::query("DELETE FROM trades WHERE (user_id, id) IN (SELECT user_id, id FROM trades WHERE user_id = $1::uuid AND NOT removed LIMIT 5)")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    sqlx::query("INSERT INTO trades (user_id, id, account_id, version, status, currency, net_pnl, opened_at, closed_at)
                 SELECT user_id, gen_random_uuid(), account_id, 0, 'closed', 'USD', 99, now(), now() FROM trades WHERE user_id = $1::uuid LIMIT 1")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    // And a trade of an account that is deleted.
    sqlx::query("INSERT INTO accounts (user_id, id, currency, time_zone, version, deleted) VALUES ($1::uuid, $1::uuid, 'USD', 'UTC', 0, true)")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    sqlx::query("INSERT INTO trades (user_id, id, account_id, version, status, currency, net_pnl, opened_at, closed_at)
                 VALUES ($1::uuid, gen_random_uuid(), $1::uuid, 0, 'closed', 'USD', 99, now(), now())")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    sqlx::query("DELETE FROM cash_flows WHERE user_id = $1::uuid AND amount > 0")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    sqlx::query("INSERT INTO cash_flows (user_id, id, account_id, version, amount, currency, booked_at)
                 SELECT user_id, gen_random_uuid(), account_id, 0, 99, 'USD', now() FROM cash_flows WHERE user_id = $1::uuid LIMIT 1")
        .bind(&me)
        .execute(owner)
        .await
        .unwrap();
    assert_ne!(rows(&fleet.analytics.every_row).await, before);

    let rebuilt = user.send(Method::POST, "/v1/analytics/rebuild", None).await;

    assert_eq!(rebuilt.json::<serde_json::Value>().await.unwrap(), json!({"trades": 40, "accounts": 1}));
    assert_eq!(rows(&fleet.analytics.every_row).await, before);
}
