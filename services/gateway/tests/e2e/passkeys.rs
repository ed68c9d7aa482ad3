//! Passkeys over HTTP, as a browser uses them.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use testing::SoftAuthenticator;

const ORIGIN: &str = "http://localhost:8080";

async fn post(fleet: &Fleet, path: &str, body: Value) -> Response {
    Client::new().post(format!("{}{path}", fleet.gateway())).json(&body).send().await.unwrap()
}

async fn begun(user: &User) -> Value {
    let answer = user.send(Method::POST, "/v1/auth/passkeys/register/start", None).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_signs_in_and_is_forgotten() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let mut authenticator = SoftAuthenticator::new(ORIGIN);
    let ceremony = begun(&user).await;
    let finish = json!({"ceremony": ceremony["ceremony"], "name": "Phone",
        "credential": authenticator.create(&ceremony["options"])});
    let url = format!("{}/v1/auth/passkeys/register/finish", fleet.gateway());
    let keyed = || {
        let request = user.client.post(&url).bearer_auth(&user.access_token).json(&finish);
        request.header("idempotency-key", "phone").send()
    };
    let made = keyed().await.unwrap();
    assert_eq!(made.status(), StatusCode::CREATED);
    let location = made.headers()["location"].to_str().unwrap().to_owned();
    let made: Value = made.json().await.unwrap();
    assert_eq!(location, format!("/v1/auth/passkeys/{}", made["id"].as_str().unwrap()));
    let again = keyed().await.unwrap();
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap(), made);
    assert_eq!(user.get("/v1/auth/passkeys").await["items"], json!([made]));

    let ceremony: Value =
        post(&fleet, "/v1/auth/passkeys/login/start", json!({})).await.json().await.unwrap();
    let answer =
        json!({"ceremony": ceremony["ceremony"], "credential": authenticator.get(&ceremony["options"])});
    let opened = post(&fleet, "/v1/auth/passkeys/login/finish", answer.clone()).await;
    assert_eq!(opened.status(), StatusCode::OK);
    let cookies: Vec<_> = opened.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 3, "{cookies:?}");
    assert_eq!(opened.json::<Value>().await.unwrap()["user"]["email"], user.email);
    let replayed = post(&fleet, "/v1/auth/passkeys/login/finish", answer).await;
    assert_eq!(replayed.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(replayed.json::<Value>().await.unwrap()["type"], "urn:journal:problem:invalid-passkey");

    let deleted = user.send(Method::DELETE, &location, None).await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.get("/v1/auth/passkeys").await["items"], json!([]));
    assert_eq!(user.send(Method::DELETE, &location, None).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_of_a_browser_is_refused_by_field() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let ceremony = begun(&user).await["ceremony"].clone();

    for (body, field) in [
        (json!({"ceremony": ceremony, "credential": {}}), "credential"),
        (json!({"ceremony": ceremony, "credential": {}}), "ceremony"),
        (json!({"ceremony": "x", "credential": {}}), "ceremony"),
        (json!({"ceremony": ceremony, "credential": "x"}), "credential"),
        (json!({"ceremony": ceremony}), "credential"),
        (json!({"ceremony": ceremony, "credential": {}, "user_id": "x"}), "user_id"),
        (json!({"ceremony": ceremony, "credential": {}, "name": "a\nb"}), "name"),
    ] {
        let answer = user.send(Method::POST, "/v1/auth/passkeys/register/finish", Some(body)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
    let unknown = json!({"ceremony": "x", "credential": {}, "email": user.email});
    let answer = post(&fleet, "/v1/auth/passkeys/login/finish", unknown).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let none = json!({"ceremony": "x", "credential": {}});
    let answer = post(&fleet, "/v1/auth/passkeys/login/finish", none).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}
