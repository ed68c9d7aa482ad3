//! Pages that follow each other, and cursors that lead nowhere else.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn cursor(user: &User, path: &str) -> String {
    user.get(path).await["next_cursor"].as_str().unwrap().to_owned()
}

async fn refused(user: &User, path: &str) {
    let answer = user.send(Method::GET, path, None).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["errors"][0]["field"], "cursor", "{path}: {problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_at_every_gateway_while_rows_are_inserted() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(7, "101")).await;
    let (mut seen, mut path, mut page) =
        (Vec::new(), "/v1/trades?limit=2&account_id=".to_owned() + &account, 0);

    loop {
        let trades = user.at(&fleet.gateways[page % 2]).get(&path).await;
        seen.extend(trades["items"].as_array().unwrap().iter().map(|trade| trade["id"].clone()));
        let Some(next) = trades["next_cursor"].as_str() else { break };
        // Another order of the filters and another limit are the same list.
        path = format!("/v1/trades?account_id={account}&cursor={next}&limit=3");
        page += 1;
        // Newer than the first page: nobody on his way misses or repeats anything.
        let body = json!({"account_id": account, "symbol": "NEW", "side": "buy", "quantity": "1", "price": "1",
            "executed_at": "2026-03-01T10:00:00Z"});
        assert_eq!(user.send(Method::POST, "/v1/fills", Some(body)).await.status(), StatusCode::CREATED);
    }

    seen.sort_by_key(Value::to_string);
    seen.dedup();
    assert_eq!(seen.len(), 7, "on {page} pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_of_one_user_and_one_list() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    for user in [&user, &other] {
        let account = user.create_account("Main").await;
        user.import(&account, "trips.csv", round_trips(3, "101")).await;
    }
    let own = cursor(&user, "/v1/trades?limit=1").await;
    user.get(&format!("/v1/trades?cursor={own}")).await;

    refused(&other, &format!("/v1/trades?cursor={own}")).await;
    refused(&user, &format!("/v1/fills?cursor={own}")).await;
    refused(&user, &format!("/v1/trades?cursor={own}&sort=closed_at")).await;
    refused(&user, &format!("/v1/trades?cursor={own}&status=closed")).await;
    refused(&user, &format!("/v1/trades?%63ursor={own}x")).await;
    // What a service tells the gateway is none: it is behind the signature.
    let place = URL_SAFE_NO_PAD.encode(&URL_SAFE_NO_PAD.decode(&own).unwrap()[16..]);
    refused(&user, &format!("/v1/trades?cursor={place}")).await;
    for garbage in ["x", "%00", "%C3%A9", &"A".repeat(5_000), "null"] {
        let answer = user.send(Method::GET, &format!("/v1/trades?cursor={garbage}"), None).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{garbage:.20}");
    }
    let nobody = user.client.get(format!("{}/v1/trades?cursor={own}", user.gateway)).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_tells_of_a_page_what_its_get_tells() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "a.csv", round_trips(3, "101")).await;
    let first = "/v1/trades?limit=1";
    let second = format!("{first}&cursor={}", cursor(&user, first).await);

    for path in [first, &second] {
        let (get, head) =
            (user.send(Method::GET, path, None).await, user.send(Method::HEAD, path, None).await);
        assert_eq!((get.status(), head.status()), (StatusCode::OK, StatusCode::OK), "{path}");
        assert_eq!(get.headers()["etag"], head.headers()["etag"], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_seals_its_cursors() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    for name in ["a.csv", "b.csv"] {
        user.import(&account, name, round_trips(2, "101")).await;
    }
    for day in 1..3 {
        let body =
            json!({"kind": "deposit", "amount": "10", "booked_at": format!("2026-01-0{day}T00:00:00Z")});
        let path = format!("/v1/accounts/{account}/cash");
        assert!(user.send(Method::POST, &path, Some(body)).await.status().is_success());
    }
    let rate = |from| json!({"from": from, "to": "USD", "valid_from": "2026-01-05T00:00:00Z", "rate": "9"});
    let rates = json!({"rates": [rate("EUR"), rate("GBP")]});
    assert!(user.send(Method::PUT, "/v1/rates", Some(rates)).await.status().is_success());
    testing::eventually("two notifications", async || {
        let inbox = user.get("/v1/notifications").await;
        (inbox["items"].as_array()?.len() == 2).then_some(())
    })
    .await;

    for list in [
        "/v1/trades",
        "/v1/fills",
        "/v1/imports",
        "/v1/rates",
        "/v1/notifications",
        &format!("/v1/accounts/{account}/cash"),
    ] {
        let next = cursor(&user, &format!("{list}?limit=1")).await;
        let page = user.get(&format!("{list}?limit=1&cursor={next}")).await;
        assert_eq!(page["items"].as_array().unwrap().len(), 1, "{list}");
        refused(&user, &format!("{list}?limit=1&cursor=A{next}")).await;
    }
}
