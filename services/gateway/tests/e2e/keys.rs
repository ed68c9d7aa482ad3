//! Signing keys: published with cache rules, and turning while the product is in use.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use auth::KeyRotation;
use reqwest::{Client, Method, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;
use testing::eventually;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const WORKERS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_are_published_with_cache_rules_and_without_their_private_halves() {
    let fleet = Fleet::start(Plan::default()).await;
    let url = format!("{}/.well-known/jwks.json", fleet.gateway());
    let client = Client::new();

    let answer = client.get(&url).send().await.unwrap();

    assert_eq!(answer.headers()[header::CACHE_CONTROL], "public, max-age=30");
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
    let etag = answer.headers()[header::ETAG].clone();
    let keys: Value = answer.json().await.unwrap();
    let keys = keys["keys"].as_array().unwrap().clone();
    assert_eq!(keys.len(), 2, "the one that signs and the next one");
    assert!(keys.iter().all(|key| key["kty"] == "OKP" && key["kid"].is_string() && key.get("d").is_none()));
    let again = client.get(&url).header(header::IF_NONE_MATCH, etag.clone()).send().await.unwrap();
    assert_eq!((again.status(), &again.headers()[header::ETAG]), (StatusCode::NOT_MODIFIED, &etag));
    let other = client.get(&url).header(header::IF_NONE_MATCH, "\"other\"").send().await.unwrap();
    assert_eq!(other.status(), StatusCode::OK);
}

/// Refreshes at one gateway and uses the new token at the other, again and again; how many requests that took.
async fn work(mut user: User, gateways: [String; 2], done: CancellationToken) -> usize {
    let mut requests = 0;
    while !done.is_cancelled() {
        for (here, there) in [(0, 1), (1, 0)] {
            let body = json!({"refresh_token": user.refresh_token});
            let answer = user.at(&gateways[here]).send(Method::POST, "/v1/auth/refresh", Some(body)).await;
            assert_eq!(answer.status(), StatusCode::OK);
            let tokens: Value = answer.json().await.unwrap();
            user.access_token = tokens["access_token"].as_str().unwrap().to_owned();
            user.refresh_token = tokens["refresh_token"].as_str().unwrap().to_owned();
            for gateway in [there, here, there] {
                let answer = user.at(&gateways[gateway]).send(Method::GET, "/v1/accounts", None).await;
                assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
            }
            requests += 4;
        }
    }
    requests
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_fails_while_keys_turn() {
    let rotations = if std::env::var_os("LONG_TESTS").is_some() { 10 } else { 2 };
    // The same proportions as usual, in seconds: asked for far more often than a key waits.
    let key_rotation = KeyRotation { rotate_every: Duration::from_secs(1), notice: Duration::from_secs(6) };
    let jwks_refresh = Duration::from_secs(1);
    let fleet = Fleet::start(Plan { instances: 2, key_rotation, jwks_refresh, ..Plan::default() }).await;
    let gateways = <[String; 2]>::try_from(fleet.gateways.clone()).unwrap();
    let (done, mut workers) = (CancellationToken::new(), JoinSet::new());
    // All before the first one works: a password is hashed for each.
    let mut users = Vec::new();
    for _ in 0..WORKERS {
        users.push(User::new(&gateways[0]).await);
    }
    for user in users {
        workers.spawn(work(user, gateways.clone(), done.clone()));
    }

    for rotation in 1..=rotations {
        eventually("another key to sign", async || {
            let turned: i64 =
                sqlx::query_scalar("SELECT count(*) FROM signing_keys WHERE retired_at IS NOT NULL")
                    .fetch_one(&fleet.auth.pool)
                    .await
                    .unwrap();
            (turned >= rotation).then_some(())
        })
        .await;
    }
    done.cancel();
    let requests: usize = workers.join_all().await.into_iter().sum();

    eprintln!("{requests} requests over {rotations} rotations, none failed");
    assert!(requests > 0);
}
