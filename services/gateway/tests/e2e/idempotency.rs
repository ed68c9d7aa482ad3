//! What a client sends again is done once, and answered as before.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Response, StatusCode, multipart};
use serde_json::{Value, json};
use tokio::task::JoinSet;

async fn post(user: &User, path: &str, key: &str, body: &Value) -> Response {
    let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    request.header("idempotency-key", key).json(body).send().await.unwrap()
}

fn is_replayed(answer: &Response) -> bool {
    answer.headers().get("idempotent-replayed").is_some_and(|value| value == "true")
}

fn account(name: &str) -> Value {
    json!({"name": name, "broker": "Test", "currency": "USD", "time_zone": "UTC"})
}

async fn accounts(user: &User) -> usize {
    user.get("/v1/accounts").await["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_again_is_answered_alike_and_does_nothing() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let first = post(&user, "/v1/accounts", "k1", &account("Main")).await;
    assert_eq!((first.status(), is_replayed(&first)), (StatusCode::CREATED, false));
    let location = first.headers()["location"].clone();
    let first = first.bytes().await.unwrap();

    let elsewhere = user.at(&fleet.gateways[1]);
    let again = post(&elsewhere, "/v1/accounts", "k1", &account("Main")).await;

    assert_eq!((again.status(), is_replayed(&again)), (StatusCode::CREATED, true));
    assert_eq!(again.headers()["location"], location);
    assert_eq!(again.bytes().await.unwrap(), first);
    assert_eq!(accounts(&user).await, 1);
    // Another request with the key is a mistake of the client.
    let different = post(&user, "/v1/accounts", "k1", &account("Other")).await;
    assert_eq!(different.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = different.json().await.unwrap();
    assert_eq!(problem["errors"][0]["field"], "Idempotency-Key", "{problem}");
    // Another call, and another user, have keys of their own.
    let mapping = post(&user, "/v1/imports/mappings", "k1", &json!({"name": "Bank"})).await;
    assert_eq!((mapping.status(), is_replayed(&mapping)), (StatusCode::CREATED, false));
    let theirs = post(&other, "/v1/accounts", "k1", &account("Main")).await;
    assert_eq!((theirs.status(), is_replayed(&theirs)), (StatusCode::CREATED, false));
    assert_eq!((accounts(&user).await, accounts(&other).await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_is_done() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;

    let mut calls = JoinSet::new();
    for nth in 0..20 {
        let user = user.at(&fleet.gateways[nth % 2]);
        calls.spawn(async move {
            let answer = post(&user, "/v1/accounts", "once", &account("Main")).await;
            let waits = answer.headers().contains_key("retry-after");
            (answer.status().as_u16(), is_replayed(&answer), waits)
        });
    }
    let answers = calls.join_all().await;

    assert_eq!(answers.iter().filter(|answer| **answer == (201, false, false)).count(), 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| **answer != (201, false, false)) {
        assert!([(201, true, false), (409, false, true)].contains(answer), "{answer:?}");
    }
    assert_eq!(accounts(&user).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_may_be_tried_again_with_its_key() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let wrong = json!({"name": "", "broker": "Test", "currency": "USD", "time_zone": "UTC"});
    let refused = post(&user, "/v1/accounts", "k", &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let right = post(&user, "/v1/accounts", "k", &account("Main")).await;

    assert_eq!(right.status(), StatusCode::CREATED);
    for key in ["", "two words", "k\u{fc}", &"k".repeat(256)] {
        let answer = post(&user, "/v1/accounts", key, &account("Third")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{key}");
    }
    assert_eq!(accounts(&user).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_imported_once_for_its_key() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let upload = async |key: &str, text: &str| {
        let file = multipart::Part::text(text.to_owned()).file_name("a.csv");
        let form = multipart::Form::new().text("account_id", account.clone()).part("file", file);
        let request = user.client.post(format!("{}/v1/imports", user.gateway)).multipart(form);
        request.bearer_auth(&user.access_token).header("idempotency-key", key).send().await.unwrap()
    };
    let text = crate::user::round_trips(1, "101");
    let first = upload("file", &text).await;
    assert_eq!((first.status(), is_replayed(&first)), (StatusCode::ACCEPTED, false));
    let first: Value = first.json().await.unwrap();
    user.finished(first["id"].as_str().unwrap()).await;

    let again = upload("file", &text).await;

    assert_eq!((again.status(), is_replayed(&again)), (StatusCode::ACCEPTED, true));
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    let other = upload("file", &crate::user::round_trips(2, "101")).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(user.get("/v1/imports").await["items"].as_array().unwrap().len(), 1);
    assert_eq!(fleet.stored_files(), 1);
}
