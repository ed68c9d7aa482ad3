//! Reads that are not repeated, and writes that overwrite nothing unseen.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

async fn ask(
    user: &User,
    method: Method,
    path: &str,
    header: (&'static str, &str),
    body: Option<Value>,
) -> Response {
    let request = user.client.request(method, format!("{}{path}", user.gateway));
    let request = request.bearer_auth(&user.access_token).header(header.0, header.1);
    body.into_iter().fold(request, |request, body| request.json(&body)).send().await.unwrap()
}

fn tag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().unwrap().to_owned()
}

async fn tag_of(user: &User, path: &str) -> String {
    tag(&user.send(Method::GET, path, None).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_has_already_is_not_sent_again() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let path = format!("/v1/accounts/{account}");
    let one = tag_of(&user, &path).await;
    let list = tag_of(&user, "/v1/accounts").await;
    assert!(one.starts_with('"') && list.starts_with("W/\""), "{one} {list}");

    for (path, known) in [
        (&*path, &*one),
        (&path, &format!("W/{one}")),
        (&path, &format!("\"x\", {one}")),
        (&path, "*"),
        ("/v1/accounts", &list),
        ("/v1/accounts", &list.replace("W/", "")),
        ("/v1/analytics/summary", &tag_of(&user, "/v1/analytics/summary").await),
    ] {
        let elsewhere = user.at(&fleet.gateways[1]);
        let answer = ask(&elsewhere, Method::GET, path, ("if-none-match", known), None).await;
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{path} {known}");
        assert!(answer.headers().contains_key("etag") && answer.headers().contains_key("cache-control"));
        assert!(!answer.headers().contains_key("content-type"));
        assert_eq!(answer.bytes().await.unwrap(), "");
    }
    for known in ["\"x\"", "x", "", "W/\"\""] {
        let answer = ask(&user, Method::GET, &path, ("if-none-match", known), None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{known}");
    }
    // An error is no representation of anything.
    let missing = format!("/v1/accounts/{}", uuid::Uuid::now_v7());
    let answer = ask(&user, Method::GET, &missing, ("if-none-match", "*"), None).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let changed = user.send(Method::PATCH, &path, Some(json!({"name": "Other"}))).await;
    assert_eq!(tag(&changed), tag_of(&user, &path).await);
    let answer = ask(&user, Method::GET, &path, ("if-none-match", &one), None).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_to_what_has_changed_is_412_and_does_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    let import = user.import(&account, "trips.csv", round_trips(1, "101")).await;
    let trade = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();
    let created = user.send(Method::POST, "/v1/imports/mappings", Some(json!({"name": "Bank"}))).await;
    let mapping = created.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
    let preferences = "/v1/notifications/preferences".to_owned();
    let (put, patch) = (Method::PUT, Method::PATCH);
    let changes = [
        (&patch, format!("/v1/trades/{trade}"), json!({"notes": "a"}), json!({"notes": "b"})),
        (&patch, format!("/v1/trades/{trade}"), json!({"planned_stop": "90"}), json!({"planned_stop": "80"})),
        (&patch, format!("/v1/accounts/{account}"), json!({"name": "a"}), json!({"name": "b"})),
        (&put, format!("/v1/imports/mappings/{mapping}"), json!({"name": "a"}), json!({"name": "b"})),
        (
            &put,
            preferences.clone(),
            json!({"email_import_finished": true}),
            json!({"email_import_finished": false}),
        ),
        (
            &put,
            preferences,
            json!({"email_import_finished": true, "email_digest": true}),
            json!({"email_import_finished": true, "email_digest": false}),
        ),
    ];
    for (method, path, first, second) in changes {
        let before = tag_of(&user, &path).await;
        let done = ask(&user, method.clone(), &path, ("if-match", &before), Some(first)).await;
        assert_eq!(done.status(), StatusCode::OK, "{path}");
        let after = user.get(&path).await;

        for stale in [&before, "\"x\"", "3", &format!("W/{}", tag_of(&user, &path).await)] {
            let refused = ask(&user, method.clone(), &path, ("if-match", stale), Some(second.clone())).await;
            assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED, "{path} {stale}");
            let problem: Value = refused.json().await.unwrap();
            assert_eq!(problem["type"], "urn:journal:problem:precondition-failed");
        }
        assert_eq!(user.get(&path).await, after);
        // Others learn nothing of it; preferences everybody has, and equal ones are in the same state.
        let other = ask(&stranger, method.clone(), &path, ("if-match", &before), Some(second.clone())).await;
        let missing = if path.contains("preferences") { 200 } else { 404 };
        assert_eq!(other.status(), missing, "{path}");
        let any = ask(&user, method.clone(), &path, ("if-match", "*"), Some(second)).await;
        assert_eq!(any.status(), StatusCode::OK, "{path}");
    }
    let gone = [
        format!("/v1/imports/{}", import["id"].as_str().unwrap()),
        format!("/v1/imports/mappings/{mapping}"),
        format!("/v1/accounts/{account}"),
    ];
    for path in gone {
        let stale = ask(&user, Method::DELETE, &path, ("if-match", "\"x\""), None).await;
        assert_eq!(stale.status(), StatusCode::PRECONDITION_FAILED, "{path}");
        let seen = tag_of(&user, &path).await;
        let done = ask(&user, Method::DELETE, &path, ("if-match", &seen), None).await;
        assert!(done.status().is_success(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_strong_tag_cannot_be_changed_on_condition() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let list = tag_of(&user, "/v1/rates").await;
    let path = "/v1/rates?from=EUR&to=USD";

    for seen in ["\"x\"", &list] {
        let refused = ask(&user, Method::DELETE, path, ("if-match", seen), None).await;
        assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED, "{seen}");
    }
    let any = ask(&user, Method::DELETE, path, ("if-match", "*"), None).await;
    assert_eq!(any.status(), StatusCode::NO_CONTENT);
    let nobody = user.client.delete(format!("{}{path}", user.gateway)).header("if-match", "\"x\"");
    assert_eq!(nobody.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_writers_that_have_seen_the_same_one_wins() {
    let fleet = Fleet::start(Plan { instances: 2, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(1, "101")).await;
    let trade = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();
    let paths = [format!("/v1/trades/{trade}"), format!("/v1/accounts/{account}")];

    for round in 0..10 {
        for path in &paths {
            let seen = tag_of(&user, path).await;
            let mut writers = JoinSet::new();
            for n in 0..10 {
                let (user, path, seen) = (user.at(&fleet.gateways[n % 2]), path.clone(), seen.clone());
                let field = if path.contains("trades") { "notes" } else { "name" };
                let body = json!({ field: format!("{round} {n}") });
                writers.spawn(async move {
                    ask(&user, Method::PATCH, &path, ("if-match", &seen), Some(body)).await.status()
                });
            }
            let statuses = writers.join_all().await;
            let done = statuses.iter().filter(|status| **status == StatusCode::OK).count();
            let refused =
                statuses.iter().filter(|status| **status == StatusCode::PRECONDITION_FAILED).count();
            assert_eq!((done, refused), (1, 9), "{path}: {statuses:?}");
        }
    }
}
