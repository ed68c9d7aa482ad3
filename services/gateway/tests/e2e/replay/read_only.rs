//! Every path and method of the OpenAPI document, called with an API key that only reads: what reads is answered as to the owner, and
//! nothing changes.

use super::{operations, owner::everything_of, requests::call, rows, told};
use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};

/// What reads although it is posted.
const READS: [&str; 1] = ["/v1/imports/preview"];
/// What is of the account and not of the journal.
const ACCOUNT: [&str; 4] = ["/v1/auth/", "/v1/me/", "/v1/mentors/", "/v1/mentored/"];

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_reads_is_answered_as_its_owner_and_changes_nothing_anywhere() {
    let fleet = Fleet::start(Plan::default()).await;
    let owner = User::new(fleet.gateway()).await;
    let ids = everything_of(&owner).await;
    let key = owner.with_key("read").await;
    let before = rows::of(&fleet, &ids.user).await;
    let (mut reads, mut refusals) = (0, 0);

    for operation in operations().into_iter().filter(|operation| operation.needs_sign_in) {
        let name = format!("{} {}", operation.method, operation.path);
        let (status, body) = told(&key, call(&operation, &ids)).await;

        let is_account = ACCOUNT.iter().any(|path| format!("{}/", operation.path).starts_with(path));
        if operation.path == "/v1/me" && operation.method == Method::GET {
            assert_eq!(status, StatusCode::OK, "{name}: {body}");
        } else if operation.path.starts_with("/v1/admin/") {
            assert_eq!(status, StatusCode::NOT_FOUND, "{name}: {body}");
        } else if is_account {
            assert_eq!(status, StatusCode::FORBIDDEN, "{name}: {body}");
            assert_eq!(body["type"], "urn:journal:problem:session-required", "{name}: {body}");
        } else if operation.method.is_safe() {
            assert_eq!((status, body), told(&owner, call(&operation, &ids)).await, "{name}");
            reads += 1;
        } else if !READS.contains(&operation.path.as_str()) {
            assert_eq!(status, StatusCode::FORBIDDEN, "{name}: {body}");
            refusals += 1;
        }
    }

    assert!(reads >= 25 && refusals >= 25, "{reads} reads, {refusals} refusals");
    for (table, rows) in rows::of(&fleet, &ids.user).await {
        if table != "auth.api_keys" {
            assert_eq!(before.get(&table), Some(&rows), "{table} has changed");
        }
    }
}
