//! Every path and method of the OpenAPI document, called by a stranger with another user's ids and with ids that nobody has: the
//! answers are the same, and nothing of the owner's changes.
//!
//! A path, parameter or body that the replay has not been taught fails it, so that none is forgotten.

mod departure;
mod owner;
mod read_only;
mod requests;
mod rows;

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use owner::{Ids, everything_of};
use requests::{Call, call};
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// An operation of the document.
struct Operation {
    method: Method,
    path: String,
    /// Names of its query parameters that want an id.
    id_parameters: Vec<String>,
    takes_body: bool,
    needs_sign_in: bool,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&gateway::openapi_json()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        // Has no end, and takes no id: tests/e2e/streams.rs.
        if path == "/v1/stream/sse" {
            continue;
        }
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let id_parameters = parameters.iter().filter(|parameter| parameter["in"] == "query");
            let id_parameters = id_parameters.filter_map(|parameter| parameter["name"].as_str());
            operations.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                id_parameters: id_parameters
                    .filter(|name| name.ends_with("_id"))
                    .map(str::to_owned)
                    .collect(),
                takes_body: !operation["requestBody"].is_null(),
                needs_sign_in: !operation["security"].is_null(),
            });
        }
    }
    operations
}

/// Status and body without what differs from request to request.
async fn told(stranger: &User, call: Call) -> (StatusCode, Value) {
    let answer = call.send(stranger).await;
    let status = answer.status();
    let mut body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
    if let Some(members) = body.as_object_mut() {
        for name in ["instance", "trace_id"] {
            members.remove(name);
        }
    }
    (status, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_tell_another_users_ids_from_missing_ones_anywhere() {
    let fleet = Fleet::start(Plan::default()).await;
    let (owner, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let theirs = everything_of(&owner).await;
    let before = rows::of(&fleet, &theirs.user).await;
    assert!(before.len() >= 15, "the owner has rows in {:?} only", before.keys());
    let mut with_ids = 0;

    for operation in operations() {
        let name = format!("{} {}", operation.method, operation.path);
        let theirs_told = told(&stranger, call(&operation, &theirs)).await;
        let (status, body) = &theirs_told;

        assert!(!status.is_server_error(), "{name}: {status} {body}");
        for id in theirs.all() {
            assert!(!body.to_string().contains(id), "{name} tells {id}: {body}");
        }
        if call(&operation, &theirs) == call(&operation, &Ids::missing()) {
            continue;
        }
        with_ids += 1;
        let missing_told = told(&stranger, call(&operation, &Ids::missing())).await;
        assert_eq!(theirs_told, missing_told, "{name}");
        if operation.path.contains("{id}") {
            assert_eq!(theirs_told.0, StatusCode::NOT_FOUND, "{name}: {body}");
        }
    }

    assert!(with_ids >= 40, "only {with_ids} operations were given ids");
    for (table, rows) in rows::of(&fleet, &theirs.user).await {
        assert_eq!(before.get(&table), Some(&rows), "{table} has changed");
    }
}
