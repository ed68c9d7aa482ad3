//! Admins: what they see and do of accounts, and that what they end has ended everywhere within a second.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use identity::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Signed in with another role.
async fn with_role(fleet: &Fleet, role: Role) -> User {
    let user = User::new(fleet.gateway()).await;
    auth::grant_role(&fleet.auth.settings(), &user.email, role).await.unwrap();
    User::sign_in(fleet.gateway(), &user.email).await
}

async fn answer(user: &User, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    let answer = user.send(method, path, body).await;
    (answer.status(), answer.json().await.unwrap())
}

#[expect(clippy::print_stderr, reason = "how soon it was is worth reading")]
async fn until_refused(user: &User, path: &str) {
    let ended = Instant::now();
    while user.send(Method::GET, path, None).await.status() != StatusCode::UNAUTHORIZED {
        assert!(ended.elapsed() < Duration::from_secs(5), "{} still answers {path}", user.gateway);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    eprintln!("refused after {:?}", ended.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_an_admin_disables_is_out_everywhere_at_once() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let admin = with_role(&fleet, Role::Admin).await;
    let user = User::new(fleet.gateway()).await;
    let (there, key) = (user.at(&fleet.gateways[1]), user.with_key("write").await);
    let id = user.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/admin/users/{id}");
    assert_eq!(there.send(Method::GET, "/v1/trades", None).await.status(), StatusCode::OK);
    assert_eq!(key.send(Method::GET, "/v1/trades", None).await.status(), StatusCode::OK);
    let mut live = there.live("").await;
    live.next().await.unwrap();
    let found = admin.get(&format!("/v1/admin/users?email={}", &user.email[..20])).await;
    assert_eq!(found["items"][0]["email"], user.email.as_str());
    assert_eq!(admin.get(&path).await["status"], "active");

    let (status, disabled) = answer(&admin, Method::POST, &format!("{path}/disable"), None).await;

    assert_eq!((status, &disabled["status"]), (StatusCode::OK, &json!("disabled")));
    let closed = live.closed();
    let ((), (), (), code) = tokio::join!(
        until_refused(&user, "/v1/trades"),
        until_refused(&there, "/v1/trades"),
        until_refused(&key, "/v1/trades"),
        closed
    );
    assert_eq!(code, 4401);
    let login = format!("{}/v1/auth/login", user.gateway);
    for (password, expected) in [(PASSWORD, "account-disabled"), ("not the password", "invalid-credentials")]
    {
        let body = json!({"email": user.email, "password": password});
        let refused: Value = user.client.post(&login).json(&body).send().await.unwrap().json().await.unwrap();
        assert_eq!(refused["type"], format!("urn:journal:problem:{expected}"));
    }
    let (status, enabled) = answer(&admin, Method::POST, &format!("{path}/enable"), None).await;
    assert_eq!((status, &enabled["status"]), (StatusCode::OK, &json!("active")));
    let back = User::sign_in(fleet.gateway(), &user.email).await;
    let log = back.get("/v1/me/audit").await;
    let told = |kind: &str| {
        let lines = log["items"].as_array().unwrap();
        lines.iter().find(|line| line["kind"] == kind).map(|line| line["detail"].clone())
    };
    assert_eq!(told("account-disabled"), Some(json!(admin.email)));
    assert_eq!(told("account-enabled"), Some(json!(admin.email)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_by_admins_alone_and_counts_from_the_next_sign_in() {
    let fleet = Fleet::start(Plan::default()).await;
    let (admin, user) = (with_role(&fleet, Role::Admin).await, User::new(fleet.gateway()).await);
    let own = admin.get("/v1/me").await;
    assert_eq!((&own["role"], &user.get("/v1/me").await["role"]), (&json!("admin"), &json!("user")));
    let path = format!("/v1/admin/users/{}", user.get("/v1/me").await["id"].as_str().unwrap());
    let own_path = format!("/v1/admin/users/{}", own["id"].as_str().unwrap());
    let promote = Some(json!({"role": "admin"}));
    let key = admin.with_key("write").await;
    for stranger in [&user, &key] {
        for (method, path, body) in [
            (Method::GET, "/v1/admin/users".to_owned(), None),
            (Method::GET, path.clone(), None),
            (Method::POST, format!("{path}/disable"), None),
            (Method::POST, format!("{path}/enable"), None),
            (Method::PUT, format!("{path}/role"), promote.clone()),
        ] {
            assert_eq!(stranger.send(method, &path, body).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
    for garbage in [json!({"role": "root"}), json!({"role": "user", "id": 7}), json!({}), json!({"role": 1})]
    {
        let refused = admin.send(Method::PUT, &format!("{path}/role"), Some(garbage)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    for last in [
        answer(&admin, Method::POST, &format!("{own_path}/disable"), None).await,
        answer(&admin, Method::PUT, &format!("{own_path}/role"), Some(json!({"role": "user"}))).await,
    ] {
        assert_eq!(
            (last.0, &last.1["type"]),
            (StatusCode::CONFLICT, &json!("urn:journal:problem:last-admin"))
        );
    }

    let (status, changed) = answer(&admin, Method::PUT, &format!("{path}/role"), promote).await;

    assert_eq!((status, &changed["role"]), (StatusCode::OK, &json!("admin")));
    until_refused(&user, "/v1/trades").await;
    let promoted = User::sign_in(fleet.gateway(), &user.email).await;
    assert_eq!(promoted.get("/v1/admin/users").await["items"].as_array().unwrap().len(), 2);
    let foreign = promoted.send(Method::GET, "/v1/admin/users/nobody", None).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
}
