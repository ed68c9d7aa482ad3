//! What cannot be, as something else is already: 409 with a reason, wherever the same may be asked for.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What has a name of its own in a journal: path, the rest of a new one, how it is changed, the reason when the name is taken.
const NAMED: [(&str, &str, Method, &str); 7] = [
    (
        "/v1/accounts",
        r#"{"broker":"Test","currency":"USD","time_zone":"UTC"}"#,
        Method::PATCH,
        "account-name-taken",
    ),
    ("/v1/tags", "{}", Method::PATCH, "tag-name-taken"),
    ("/v1/playbooks", "{}", Method::PATCH, "playbook-name-taken"),
    ("/v1/custom-fields", r#"{"kind":"number"}"#, Method::PATCH, "custom-field-name-taken"),
    ("/v1/journal-templates", r#"{"body":"What is the plan?"}"#, Method::PATCH, "template-name-taken"),
    (
        "/v1/saved-views",
        r#"{"page":"trades","query":"sort=net_pnl"}"#,
        Method::PATCH,
        "saved-view-name-taken",
    ),
    ("/v1/imports/mappings", r#"{"columns":{}}"#, Method::PUT, "mapping-name-taken"),
];

#[tokio::test]
async fn a_name_that_is_taken_is_refused_to_what_is_made_and_to_what_is_changed() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;

    for (path, rest, change, reason) in NAMED {
        let named = |name: &str| {
            let mut body: Value = serde_json::from_str(rest).unwrap();
            body["name"] = json!(name);
            body
        };
        let made = user.send(Method::POST, path, Some(named("One"))).await;
        assert_eq!(made.status(), StatusCode::CREATED, "{path}");
        let other = user.send(Method::POST, path, Some(named("Two"))).await;
        let other = other.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
        let change_to = if change == Method::PUT { named("One") } else { json!({"name": "One"}) };

        for refused in [
            user.send(Method::POST, path, Some(named("One"))).await,
            user.send(change.clone(), &format!("{path}/{other}"), Some(change_to)).await,
        ] {
            assert_eq!(refused.status(), StatusCode::CONFLICT, "{path}");
            let problem: Value = refused.json().await.unwrap();
            assert_eq!(problem["type"], format!("urn:journal:problem:{reason}"));
        }
    }
}
