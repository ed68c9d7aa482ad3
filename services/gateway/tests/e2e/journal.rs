//! Notes of days and their templates through the public API.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

const DAY: &str = "/v1/journal/2026-01-05";

async fn on_condition(user: &User, method: Method, path: &str, tag: &str, body: Option<Value>) -> Response {
    let request = user.client.request(method, format!("{}{path}", user.gateway));
    let request = request.bearer_auth(&user.access_token).header("if-match", tag);
    body.into_iter().fold(request, |request, body| request.json(&body)).send().await.unwrap()
}

fn tag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_one_note_and_nobody_overwrites_what_he_has_not_seen() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let blank = user.send(Method::GET, DAY, None).await;
    let seen_blank = tag(&blank);
    assert!(seen_blank.starts_with("\"0-"), "{seen_blank}");
    let blank: Value = blank.json().await.unwrap();
    assert_eq!(blank, json!({"date": "2026-01-05", "notes": "", "updated_at": null, "version": 0}));

    let first = on_condition(&user, Method::PUT, DAY, &seen_blank, Some(json!({"notes": "calm"}))).await;
    assert_eq!(first.status(), StatusCode::OK);
    let seen = tag(&first);
    let late = on_condition(&user, Method::PUT, DAY, &seen_blank, Some(json!({"notes": "wild"}))).await;
    assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(user.get(DAY).await["notes"], "calm");
    let known = user.client.get(format!("{}{DAY}", user.gateway)).bearer_auth(&user.access_token);
    let known = known.header("if-none-match", &seen).send().await.unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);

    let list = user.get("/v1/journal?from=2026-01-01&to=2026-01-31").await;
    assert_eq!(list["items"][0]["beginning"], "calm");
    assert_eq!(other.get(DAY).await, blank);
    assert_eq!(other.get("/v1/journal").await, json!({"items": [], "next_cursor": null}));
    for (path, body, field) in [
        ("/v1/journal/2026-02-30", json!({"notes": ""}), "date"),
        ("/v1/journal/%00", json!({"notes": ""}), "date"),
        (DAY, json!({"notes": null}), "notes"),
        (DAY, json!({"notes": "x".repeat(100_001)}), "notes"),
        (DAY, json!({"notes": "", "version": 7}), "version"),
        (DAY, json!({}), "notes"),
    ] {
        let refused = user.send(Method::PUT, path, Some(body)).await;
        if path.contains("%00") {
            assert!(refused.status().is_client_error());
            continue;
        }
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path} {field}");
        assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], field, "{path}");
    }
    for query in ["from=yesterday", "to=2026-13-01", "limit=0", "day=2026-01-05"] {
        let refused = user.send(Method::GET, &format!("/v1/journal?{query}"), None).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_made_once_for_their_key_and_changed_on_condition() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let path = "/v1/journal-templates";
    let create = async |body: Value| {
        let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
        request.header("idempotency-key", "k").json(&body).send().await.unwrap()
    };
    let made = create(json!({"name": "Plan", "body": "# Levels"})).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let (location, seen) = (made.headers()["location"].to_str().unwrap().to_owned(), tag(&made));
    let again = create(json!({"name": "Plan", "body": "# Levels"})).await;
    assert_eq!(
        (again.status(), again.headers()["idempotent-replayed"].as_bytes()),
        (StatusCode::CREATED, &b"true"[..])
    );
    let taken = user.send(Method::POST, path, Some(json!({"name": "Plan", "body": ""}))).await;
    assert_eq!(taken.status(), StatusCode::CONFLICT);

    let changed = on_condition(&user, Method::PATCH, &location, &seen, Some(json!({"body": "-"}))).await;
    assert_eq!(changed.status(), StatusCode::OK);
    let late = on_condition(&user, Method::PATCH, &location, &seen, Some(json!({"body": "+"}))).await;
    assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED);
    let late = on_condition(&user, Method::DELETE, &location, &seen, None).await;
    assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(user.get(path).await["items"][0]["body"], "-");
    assert_eq!(user.send(Method::DELETE, &location, None).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(user.send(Method::GET, &location, None).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_kept_by_page() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let path = "/v1/saved-views";
    for page in ["trades", "analytics"] {
        let body = json!({"name": "Mine", "page": page, "query": "tag=%3Cb%3E&sort=net_pnl"});
        assert_eq!(user.send(Method::POST, path, Some(body.clone())).await.status(), StatusCode::CREATED);
        assert_eq!(user.send(Method::POST, path, Some(body)).await.status(), StatusCode::CONFLICT);
    }

    assert_eq!(user.get(path).await["items"].as_array().unwrap().len(), 2);
    let one = user.get(&format!("{path}?page=trades")).await["items"].clone();
    assert_eq!((one.as_array().unwrap().len(), &one[0]["query"]), (1, &json!("tag=%3Cb%3E&sort=net_pnl")));
    assert_eq!(stranger.get(path).await["items"], json!([]));
    for (body, field) in [
        (json!({"name": "", "page": "trades", "query": ""}), "name"),
        (json!({"name": "a", "page": "/trades", "query": ""}), "page"),
        (json!({"name": "a", "page": "trades", "query": "x".repeat(2_049)}), "query"),
        (json!({"name": "a", "page": "trades", "query": "a\nb"}), "query"),
        (json!({"name": "a", "page": "trades"}), "query"),
    ] {
        let refused = user.send(Method::POST, path, Some(body)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
}
