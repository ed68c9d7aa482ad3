//! Layouts of somebody's own CSV files through the public API.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, Response, StatusCode, multipart};
use serde_json::{Value, json};

const PATH: &str = "/v1/imports/mappings";
const FILE: &str = "When;Ticker;B/S;Lots;Rate\n\
    2026-02-03 10:00:00;AAPL;Kauf;2;100,5\n2026-02-03 11:00:00;AAPL;Verkauf;2;102,5\n";

fn mapping(name: &str) -> Value {
    json!({
        "name": name,
        "columns": {"timestamp": "When", "symbol": "Ticker", "side": "B/S", "quantity": "Lots", "price": "Rate"},
        "buy_words": ["Kauf"],
        "sell_words": ["Verkauf"],
    })
}

async fn send_file(user: &User, path: &str, account: &str, mapping_id: &str) -> Response {
    let file = multipart::Part::bytes(FILE.as_bytes()).file_name("own.csv");
    let form = multipart::Form::new()
        .text("account_id", account.to_owned())
        .text("mapping_id", mapping_id.to_owned())
        .part("file", file);
    let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    request.multipart(form).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_ones_own_layout_is_previewed_and_imported() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let created = user.send(Method::POST, PATH, Some(mapping("Bank"))).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    let location = created.headers()["location"].to_str().unwrap().to_owned();
    let created: Value = created.json().await.unwrap();
    let id = created["id"].as_str().unwrap();
    assert_eq!(location, format!("{PATH}/{id}"));
    assert_eq!(created["columns"]["symbol"], "Ticker");
    assert_eq!(created["columns"]["fees"], Value::Null);

    let preview: Value = send_file(&user, "/v1/imports/preview", &account, id).await.json().await.unwrap();
    let import: Value = send_file(&user, "/v1/imports", &account, id).await.json().await.unwrap();
    let import = user.finished(import["id"].as_str().unwrap()).await;
    let deleted = user.send(Method::DELETE, &location, None).await;

    assert_eq!(preview["summary"], "2 new, 0 known, 0 changed");
    assert_eq!(import["status"], "completed", "{import}");
    assert_eq!(user.get("/v1/trades").await["items"][0]["gross_pnl"], "4");
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.get(PATH).await, json!({"items": [], "next_cursor": null}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_is_replaced_whole_and_what_is_wrong_is_named() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let created: Value = user.send(Method::POST, PATH, Some(mapping("Bank"))).await.json().await.unwrap();
    let path = format!("{PATH}/{}", created["id"].as_str().unwrap());

    let again = user.send(Method::POST, PATH, Some(mapping("Bank"))).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    for (body, field) in [
        (json!({"name": "B", "colour": "red"}), "colour"),
        (json!({"name": "B", "columns": {"colour": "red"}}), "colour"),
        (json!({"name": "B", "columns": {"symbol": ""}}), "columns.symbol"),
        (json!({"name": "B", "columns": {"symbol": 7}}), "columns.symbol"),
        (json!({"name": "B", "date_order": "none"}), "date_order"),
        (json!({"columns": {}}), "name"),
    ] {
        let refused = user.send(Method::PUT, &path, Some(body)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let problem: Value = refused.json().await.unwrap();
        assert!(problem.to_string().contains(field), "{field}: {problem}");
    }
    assert_eq!(user.get(&path).await, created);
    let replaced = user.send(Method::PUT, &path, Some(json!({"name": "Plain"}))).await;
    let replaced: Value = replaced.json().await.unwrap();
    assert_eq!((replaced["version"].clone(), replaced["columns"]["symbol"].clone()), (json!(2), Value::Null));

    let account = stranger.create_account("Main").await;
    let theirs = created["id"].as_str().unwrap();
    for id in [theirs, "0197c4f2-0000-7000-8000-000000000000", "garbage"] {
        let refused = send_file(&stranger, "/v1/imports", &account, id).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(stranger.get(PATH).await["items"], json!([]));
}
