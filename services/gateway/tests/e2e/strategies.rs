//! A user looks at option positions of several legs.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T14:30:00Z,SPY260320C00580000,buy,1,5,0,a\n\
    2026-01-05T14:30:00Z,SPY260320C00590000,sell,1,3,0,b\n\
    2026-01-06T14:30:00Z,SPY260320P00500000,buy,1,2,0,c\n";

#[tokio::test(flavor = "multi_thread")]
async fn strategies_are_recognised_grouped_and_the_owners_alone() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    let path = format!("/v1/strategies?account_id={account}");

    let found = user.get(&path).await;

    let kinds: Vec<_> = found["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["single", "vertical"]);
    let vertical = &found["items"][1];
    assert_eq!(vertical["risk"], json!({"max_profit": "800", "max_loss": "200", "break_evens": ["582"]}));
    assert_eq!((&found["together"], &found["void"]), (&json!("second"), &json!([])));
    let trades = user.get("/v1/trades").await;
    let ids: Vec<_> = trades["items"].as_array().unwrap().iter().map(|trade| trade["id"].clone()).collect();
    let post = async |user: &User, body: Value| {
        let answer = user.send(Method::POST, "/v1/strategies", Some(body)).await;
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    let (status, group) = post(&user, json!({"trade_ids": ids})).await;
    assert_eq!(status, StatusCode::CREATED, "{group}");
    assert_eq!(post(&user, json!({"trade_ids": ids})).await, (status, group.clone()));
    let grouped = user.get(&path).await;
    assert_eq!(
        (&grouped["items"][0]["kind"], &grouped["items"][0]["group_id"]),
        (&json!("custom"), &group["id"])
    );
    assert_eq!(post(&stranger, json!({"trade_ids": ids})).await.0, StatusCode::NOT_FOUND);
    let (status, problem) = post(&user, json!({"trade_ids": ids, "colour": "red"})).await;
    assert_eq!(
        (status, problem["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("colour"))
    );
    for query in ["", "?account_id=1", "?account_id=x&kind=moon"] {
        let answer = user.send(Method::GET, &format!("/v1/strategies{query}"), None).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert_eq!(stranger.send(Method::GET, &path, None).await.status(), StatusCode::NOT_FOUND);
    let ungroup = format!("/v1/strategies/{}", group["id"].as_str().unwrap());
    assert_eq!(stranger.send(Method::DELETE, &ungroup, None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(user.send(Method::DELETE, &ungroup, None).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.get(&path).await, found);
}
