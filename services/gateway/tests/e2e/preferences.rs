//! What is sent by mail: each user decides, also with a client that does not know everything that there is to decide.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const PATH: &str = "/v1/notifications/preferences";

async fn put(user: &User, body: Value) -> Value {
    let answer = user.send(Method::PUT, PATH, Some(body)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_before_the_digest_changes_what_it_knows_and_leaves_the_digest() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let both = |import: bool, digest: bool| json!({"email_import_finished": import, "email_digest": digest});
    assert_eq!(user.get(PATH).await, both(false, false));

    for digest in [true, false, true] {
        assert_eq!(put(&user, both(false, digest)).await, both(false, digest));
        assert_eq!(put(&user, json!({"email_import_finished": true})).await, both(true, digest));
        assert_eq!(
            put(&user, json!({"email_import_finished": false, "email_digest": null})).await,
            both(false, digest)
        );
        assert_eq!(user.get(PATH).await, both(false, digest));
    }
    assert_eq!(other.get(PATH).await, both(false, false));
    let refused = user.send(Method::PUT, PATH, Some(json!({"email_digest": false}))).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
