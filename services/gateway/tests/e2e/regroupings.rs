//! A user merges and splits trades, and statistics follow.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T14:30:00Z,AAPL,buy,100,10,1,a\n\
    2026-01-05T15:30:00Z,AAPL,sell,100,11,1,b\n\
    2026-01-05T16:30:00Z,AAPL,buy,100,12,1,c\n\
    2026-01-05T17:30:00Z,AAPL,sell,40,13,1,d\n\
    2026-01-06T17:30:00Z,AAPL,sell,60,11,1,e\n";

#[tokio::test(flavor = "multi_thread")]
async fn trades_are_merged_and_split_and_statistics_follow() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    user.until_statistics(2).await;
    let before = user.get("/v1/trades?sort=opened_at").await;
    let ids = [0, 1].map(|n| before["items"][n]["id"].as_str().unwrap().to_owned());
    let post = async |path: &str, body: Value| {
        let answer = user.send(Method::POST, path, Some(body)).await;
        (answer.status(), answer.json::<Value>().await.unwrap())
    };

    let (status, merge) = post("/v1/trades/merge", json!({"trade_ids": ids})).await;

    assert_eq!(status, StatusCode::CREATED, "{merge}");
    assert_eq!((&merge["status"], &merge["trade_ids"]), (&json!("applied"), &json!([ids[0]])));
    assert_eq!(post("/v1/trades/merge", json!({"trade_ids": ids})).await, (status, merge.clone()));
    let summary = user.until_statistics(1).await;
    assert_eq!(summary["net_pnl"], json!({"amount": "75", "currency": "USD"}));
    assert_eq!(user.get("/v1/trades").await["items"][0]["regrouping_id"], merge["id"]);
    let path = format!("/v1/regroupings/{}", merge["id"].as_str().unwrap());
    assert_eq!(stranger.send(Method::DELETE, &path, None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(user.send(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.send(Method::DELETE, &path, None).await.status(), StatusCode::NOT_FOUND);
    user.until_statistics(2).await;

    let split = format!("/v1/trades/{}/split", ids[1]);
    let (status, made) = post(&split, json!({"each": "day"})).await;

    assert_eq!((status, made["begins"].clone()), (StatusCode::CREATED, json!(["e"])), "{made}");
    assert_eq!(user.until_statistics(3).await["net_pnl"]["amount"], "75");
    assert_eq!(user.get("/v1/regroupings").await["items"], json!([made]));
    let (status, problem) = post(&split, json!({"begins": ["e"], "colour": "red"})).await;
    assert_eq!(
        (status, problem["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("colour"))
    );
    let (status, problem) = post(&split, json!({"begins": ["d"]})).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (StatusCode::CONFLICT, Some("urn:journal:problem:already-regrouped"))
    );
}
