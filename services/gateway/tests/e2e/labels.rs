//! Tags, playbooks, custom fields, and trades that are sorted by them, through the public API.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

async fn made(user: &User, path: &str, body: Value) -> Value {
    let answer = user.send(Method::POST, path, Some(body)).await;
    assert_eq!(answer.status(), StatusCode::CREATED, "{path}");
    answer.json().await.unwrap()
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

async fn on_condition(user: &User, method: Method, path: &str, tag: &str, body: Option<Value>) -> Response {
    let request = user.client.request(method, format!("{}{path}", user.gateway));
    let request = request.bearer_auth(&user.access_token).header("if-match", tag);
    body.into_iter().fold(request, |request, body| request.json(&body)).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_is_sorted_by_everything_and_shows_it() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(2, "101")).await;
    let trades = user.get("/v1/trades").await;
    let path = format!("/v1/trades/{}", id(&trades["items"][0]));
    let rules = json!([{"text": "wait for the close"}, {"text": "half size"}]);
    let playbook = made(&user, "/v1/playbooks", json!({"name": "Gap", "rules": rules})).await;
    let mood = made(
        &user,
        "/v1/custom-fields",
        json!({"name": "Mood", "kind": "choice", "choices": ["calm", "angry"]}),
    )
    .await;
    let plan = made(&user, "/v1/custom-fields", json!({"name": "Planned", "kind": "boolean"})).await;
    let followed = playbook["rules"][0]["id"].clone();

    let change = json!({"playbook_id": playbook["id"], "followed_rules": [followed], "rating": 5, "mistakes": ["late exit"],
        "tags": ["<b>gap"], "custom": {id(&mood): "calm", id(&plan): true}});
    let changed = user.send(Method::PATCH, &path, Some(change.clone())).await;
    assert_eq!(changed.status(), StatusCode::OK);
    let changed: Value = changed.json().await.unwrap();
    for (name, value) in change.as_object().unwrap() {
        assert_eq!(&changed[name], value, "{name}");
        assert_eq!(&user.get(&path).await[name], value, "{name}");
    }
    assert_eq!(user.get("/v1/tags").await["items"][0]["trades"], 1);

    let removed = json!({"playbook_id": null, "rating": null, "mistakes": [], "custom": {id(&mood): null}});
    let removed = user.send(Method::PATCH, &path, Some(removed)).await;
    let removed: Value = removed.json().await.unwrap();
    assert_eq!(
        (&removed["playbook_id"], &removed["rating"], &removed["followed_rules"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(removed["custom"], json!({id(&plan): true}));
    for (body, field) in [
        (json!({"rating": 0}), "rating"),
        (json!({"rating": 6}), "rating"),
        (json!({"rating": 2.5}), "rating"),
        (json!({"playbook_id": ""}), "playbook_id"),
        (json!({"playbook_id": account}), "playbook_id"),
        (json!({"followed_rules": [followed]}), "followed_rules"),
        (json!({"mistakes": [""]}), "mistakes"),
        (json!({"custom": {id(&mood): "furious"}}), "custom"),
        (json!({"custom": {id(&plan): "true"}}), "custom"),
        (json!({"custom": {id(&plan): 1}}), "custom"),
        (json!({"custom": {"x": "a"}}), "custom"),
        (json!({"net_pnl": "1000000"}), "net_pnl"),
    ] {
        let refused = user.send(Method::PATCH, &path, Some(body.clone())).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let problem: Value = refused.json().await.unwrap();
        assert!(problem["errors"][0]["field"].as_str().unwrap().starts_with(field), "{body}: {problem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_trades_are_sorted_by_is_made_once_and_changed_on_condition() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    for (path, body, change) in [
        ("/v1/tags", json!({"name": "Gap", "color": "#1E90ff"}), json!({"color": null})),
        ("/v1/playbooks", json!({"name": "Gap", "rules": [{"text": "wait"}]}), json!({"rules": []})),
        ("/v1/custom-fields", json!({"name": "Mood", "kind": "text"}), json!({"name": "Feeling"})),
        (
            "/v1/saved-views",
            json!({"name": "Losers", "page": "trades", "query": "outcome=loss"}),
            json!({"query": "x=1"}),
        ),
    ] {
        let create = async || {
            let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
            request.header("idempotency-key", "k").json(&body).send().await.unwrap()
        };
        let first = create().await;
        assert_eq!(first.status(), StatusCode::CREATED, "{path}");
        let location = first.headers()["location"].to_str().unwrap().to_owned();
        let seen = first.headers()["etag"].to_str().unwrap().to_owned();
        let again = create().await;
        assert_eq!(again.headers()["idempotent-replayed"], "true", "{path}");
        let taken = user.send(Method::POST, path, Some(body.clone())).await;
        assert_eq!(taken.status(), StatusCode::CONFLICT, "{path}");
        let garbage = user.send(Method::POST, path, Some(json!({"name": ""}))).await;
        assert_eq!(garbage.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");

        let changed = on_condition(&user, Method::PATCH, &location, &seen, Some(change.clone())).await;
        assert_eq!(changed.status(), StatusCode::OK, "{path}");
        for (method, body) in [(Method::PATCH, Some(change)), (Method::DELETE, None)] {
            let late = on_condition(&user, method, &location, &seen, body).await;
            assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED, "{path}");
        }
        assert_eq!(stranger.get(path).await["items"], json!([]), "{path}");
        let theirs = stranger.send(Method::DELETE, &location, None).await;
        assert_eq!(theirs.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(user.send(Method::DELETE, &location, None).await.status(), StatusCode::NO_CONTENT);
        assert_eq!(user.get(path).await["items"], json!([]), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_trades_are_labelled_at_once_or_none_of_them() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    for user in [&user, &stranger] {
        let account = user.create_account("Main").await;
        user.import(&account, "trips.csv", round_trips(3, "101")).await;
    }
    let ids = async |user: &User, query: &str| -> Vec<String> {
        user.get(&format!("/v1/trades{query}")).await["items"].as_array().unwrap().iter().map(id).collect()
    };
    let (mine, theirs) = (ids(&user, "").await, ids(&stranger, "").await);
    let playbook = made(&user, "/v1/playbooks", json!({"name": "Gap"})).await;
    let bulk = async |body: &Value, key: &str| {
        let request =
            user.client.post(format!("{}/v1/trades/bulk", user.gateway)).bearer_auth(&user.access_token);
        request.header("idempotency-key", key).json(body).send().await.unwrap()
    };

    for (n, foreign) in
        [theirs[0].clone(), "0190aaaa-0000-7000-8000-000000000000".to_owned()].iter().enumerate()
    {
        let body = json!({"trade_ids": [mine[0], foreign], "add_tags": ["gap"]});
        assert_eq!(bulk(&body, &n.to_string()).await.status(), StatusCode::NOT_FOUND);
    }
    assert!(ids(&user, "?tag=gap").await.is_empty());
    let body =
        json!({"trade_ids": mine, "add_tags": ["Gap", "news"], "playbook_id": playbook["id"], "rating": 4});
    let done = bulk(&body, "all").await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(done.json::<Value>().await.unwrap()["changed_trade_ids"].as_array().unwrap().len(), 3);
    assert_eq!(bulk(&body, "all").await.headers()["idempotent-replayed"], "true");
    let again: Value = bulk(&body, "again").await.json().await.unwrap();
    assert_eq!(again["changed_trade_ids"], json!([]));
    let off = json!({"trade_ids": [mine[0]], "remove_tags": ["GAP"], "playbook_id": null, "rating": null});
    assert_eq!(bulk(&off, "off").await.status(), StatusCode::OK);

    assert_eq!(ids(&user, "?tag=gap").await.len(), 2);
    assert_eq!(ids(&user, "?tag=news&rating=4").await.len(), 2);
    assert_eq!(ids(&user, &format!("?playbook_id={}", id(&playbook))).await.len(), 2);
    assert!(ids(&stranger, &format!("?playbook_id={}", id(&playbook))).await.is_empty());
    assert!(ids(&stranger, "?tag=news").await.is_empty());
    let many: Vec<&String> = std::iter::repeat_n(&mine[0], 201).collect();
    for (body, field) in [
        (json!({"trade_ids": [], "rating": 1}), "trade_ids"),
        (json!({"trade_ids": ["x"], "rating": 1}), "trade_ids"),
        (json!({"trade_ids": many, "rating": 1}), "trade_ids"),
        (json!({"trade_ids": mine, "rating": 6}), "rating"),
        (json!({"trade_ids": mine, "rating": 0}), "rating"),
        (json!({"trade_ids": mine, "add_tags": [" "]}), "add_tags"),
        (json!({"trade_ids": mine, "playbook_id": mine[0]}), "playbook_id"),
        (json!({"trade_ids": mine, "notes": "x"}), "notes"),
    ] {
        let refused = bulk(&body, field).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], field);
    }
    for query in ["rating=6", "rating=0", "playbook_id=x", "sort=net", "mistake=a%0ab"] {
        let refused = user.send(Method::GET, &format!("/v1/trades?{query}"), None).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}
