//! What a user enters and mends by hand: opening lots, fills, corrections, cash, and a look before an import.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A sale whose purchase was before the file began, and a round trip.
const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T15:30:00Z,AAPL,sell,10,120,1,a\n\
    2026-01-06T14:30:00Z,MSFT,buy,10,400,1,b\n\
    2026-01-07T15:30:00Z,MSFT,sell,10,410,1,c\n";

async fn post(user: &User, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = user.send(Method::POST, path, Some(body)).await;
    (answer.status(), answer.json().await.unwrap())
}

fn opening_lot(account: &str) -> Value {
    json!({"account_id": account, "kind": "opening", "symbol": "AAPL", "side": "buy", "quantity": "10", "price": "100",
        "executed_at": "2025-12-01T00:00:00Z", "execution_id": "transfer-1"})
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_lots_corrections_and_cash_reach_trades_and_statistics() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    user.until_statistics(1).await;

    let (status, lot) = post(&user, "/v1/fills", opening_lot(&account)).await;

    assert_eq!((status, &lot["import_id"]), (StatusCode::CREATED, &Value::Null));
    let (status, again) = post(&user, "/v1/fills", opening_lot(&account)).await;
    assert_eq!(
        (status, &again["type"]),
        (StatusCode::CONFLICT, &json!("urn:journal:problem:execution-known"))
    );
    // 10 x (120 - 100) - 1 and 10 x (410 - 400) - 2.
    let summary = user.until_statistics(2).await;
    assert_eq!(summary["net_pnl"]["amount"], "297");

    let fills = user.get("/v1/fills?symbol=MSFT").await;
    let sale = fills["items"][0]["id"].as_str().unwrap().to_owned();
    let mended = json!({"price": "411", "reason": "the broker improved it"});
    let (status, fill) = post(&user, &format!("/v1/fills/{sale}/corrections"), mended).await;
    assert_eq!((status, &fill["price"]), (StatusCode::CREATED, &json!("411")));
    let said = user.get(&format!("/v1/fills/{sale}/corrections")).await;
    let prices: Vec<_> = said["items"].as_array().unwrap().iter().map(|r| r["price"].clone()).collect();
    assert_eq!(prices, ["410", "411"]);

    let dividend =
        json!({"kind": "dividend", "amount": "7.50", "symbol": "MSFT", "booked_at": "2026-01-07T00:00:00Z"});
    let (status, _) = post(&user, &format!("/v1/accounts/{account}/cash"), dividend).await;
    assert_eq!(status, StatusCode::CREATED);
    let trade = user.get("/v1/trades?symbol=MSFT").await["items"][0].clone();
    assert_eq!(trade["net_pnl"], "115.5");
    testing::eventually("statistics follow", async || {
        let summary = user.get("/v1/analytics/summary").await;
        (summary["net_pnl"]["amount"] == "314.5").then_some(())
    })
    .await;

    let lot = lot["id"].as_str().unwrap();
    let (status, _) =
        post(&user, &format!("/v1/fills/{lot}/void"), json!({"reason": "it was transferred out"})).await;
    assert_eq!(status, StatusCode::OK);
    user.until_statistics(1).await;
    assert_eq!(user.get("/v1/trades?symbol=AAPL").await["items"][0]["side"], "short");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_and_what_is_another_users_is_not_there() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "january.csv", FILE).await;
    let fill = user.get("/v1/fills").await["items"][0]["id"].as_str().unwrap().to_owned();
    let other = User::new(fleet.gateway()).await;

    let cases = [
        (
            "/v1/fills".to_owned(),
            json!({"account_id": account, "symbol": "X", "side": "buy", "quantity": "1e400",
            "price": "1", "executed_at": "2026-01-05T00:00:00Z"}),
            "quantity",
        ),
        (format!("/v1/fills/{fill}/corrections"), json!({"price": "1,5", "reason": "typed"}), "price"),
        (format!("/v1/fills/{fill}/void"), json!({"reason": ""}), "reason"),
        (format!("/v1/accounts/{account}/cash"), json!({"kind": "deposit", "amount": "NaN"}), "amount"),
    ];
    for (path, body, field) in cases {
        let (status, problem) = post(&user, &path, body.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{path}: {problem}");
        let (status, _) = post(&user, &path, json!({"surprise": 1})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }

    let theirs = [
        ("/v1/fills".to_owned(), opening_lot(&account)),
        (format!("/v1/fills/{fill}/corrections"), json!({"price": "1", "reason": "theirs"})),
        (format!("/v1/fills/{fill}/void"), json!({"reason": "theirs"})),
        (format!("/v1/accounts/{account}/cash"), json!({"kind": "deposit", "amount": "1"})),
    ];
    for (path, body) in theirs {
        assert_eq!(post(&other, &path, body).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(user.get("/v1/fills").await["items"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_tells_what_an_import_would_do_and_does_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let file = reqwest::multipart::Part::bytes(FILE.as_bytes()).file_name("january.csv");
    let form = reqwest::multipart::Form::new().text("account_id", account.clone()).part("file", file);
    let request = user.client.post(format!("{}/v1/imports/preview", user.gateway));

    let answer = request.bearer_auth(&user.access_token).multipart(form).send().await.unwrap();

    assert_eq!(answer.status(), StatusCode::OK);
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["fills"], json!({"new": 3, "known": 0, "changed": 0}));
    let codes: Vec<_> = told["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].clone()).collect();
    assert!(codes.contains(&json!("assumed-short")), "{codes:?}");
    assert_eq!(user.get("/v1/imports").await["items"], json!([]));
    assert_eq!(user.get("/v1/trades").await["items"], json!([]));
}
