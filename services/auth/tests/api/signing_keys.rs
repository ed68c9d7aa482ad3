//! The ring of signing keys: what signs, what waits, what is over.

use crate::support::{Auth, auth};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::{InvalidToken, Keys, Verifier};
use journal_proto::auth::v1::GetJwksRequest;
use runtime::Clock;
use secrecy::ExposeSecret as _;
use serde_json::Value;
use std::collections::HashSet;
use tokio::sync::watch;

/// The ids of the published keys, the signing one first.
async fn published(auth: &Auth) -> Vec<String> {
    let keys: Value = serde_json::from_str(&jwks(auth).await).unwrap();
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn jwks(auth: &Auth) -> String {
    auth.client.clone().get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json
}

/// As if so many minutes had gone by.
async fn pass_minutes(auth: &Auth, minutes: i32) {
    let moved = "UPDATE signing_keys SET published_at = published_at - make_interval(mins => $1),
        signs_since = signs_since - make_interval(mins => $1), retired_at = retired_at - make_interval(mins => $1)";
    sqlx::query(moved).bind(minutes).execute(&auth.owner).await.unwrap();
}

/// Asks every other service would, with the keys that are published now.
async fn verify(auth: &Auth, token: &str) -> Result<(), InvalidToken> {
    let keys = Keys::from_jwks(&jwks(auth).await).unwrap();
    let verifier = Verifier::following(watch::channel(keys).1, Clock::system());
    verifier.verify(token).await.map(|_| ())
}

async fn until_another_signs(auth: &Auth, than: &str) -> Vec<String> {
    testing::eventually("another key to sign", async || {
        Some(published(auth).await).filter(|keys| keys[0] != than)
    })
    .await
}

const MONTH: i32 = 31 * 24 * 60;

#[tokio::test]
async fn one_key_signs_and_the_next_one_is_published_with_it() {
    let auth = auth().await;
    let (_running, mut other) = auth.another_instance().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let keys = published(&auth).await;

    assert_eq!(keys.len(), 2);
    let header = tokens.access_token.split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!(header["kid"], keys[0]);
    let others = other.get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json;
    assert_eq!(others, jwks(&auth).await);
    verify(&auth, &tokens.access_token).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_month_the_next_key_signs_and_the_tokens_of_the_old_one_stay_good() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let [old, next] = published(&auth).await.try_into().unwrap();

    pass_minutes(&auth, MONTH).await;
    let keys = until_another_signs(&auth, &old).await;

    assert_eq!((&keys[0], keys.len(), keys.contains(&old)), (&next, 3, true));
    verify(&auth, &tokens.access_token).await.unwrap();
    auth.me(&tokens.access_token).await.unwrap();
    let fresh = auth.refresh(&tokens.refresh_token).await.unwrap();
    verify(&auth, &fresh.access_token).await.unwrap();

    pass_minutes(&auth, 15).await;
    testing::eventually("the old key to go", async || (!published(&auth).await.contains(&old)).then_some(()))
        .await;
    assert_eq!(verify(&auth, &tokens.access_token).await, Err(InvalidToken::UnknownKey));
    verify(&auth, &fresh.access_token).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_signs_by_the_calendar_that_was_not_published_for_ten_minutes() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let [old, next] = published(&auth).await.try_into().unwrap();
    let young =
        "UPDATE signing_keys SET published_at = now() - interval '9 minutes' WHERE signs_since IS NULL";

    // The signing key is due, the next one is not ready.
    sqlx::query(young).execute(&auth.owner).await.unwrap();
    let due =
        "UPDATE signing_keys SET signs_since = now() - interval '31 days' WHERE signs_since IS NOT NULL";
    sqlx::query(due).execute(&auth.owner).await.unwrap();
    // A second instance looks at the ring before it answers.
    let (_running, mut other) = auth.another_instance().await;
    other.get_jwks(GetJwksRequest {}).await.unwrap();
    assert_eq!(published(&auth).await[0], old);

    pass_minutes(&auth, 1).await;
    assert_eq!(until_another_signs(&auth, &old).await[0], next);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_worth_nothing_and_the_next_one_signs_at_once() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let [leaked, next] = published(&auth).await.try_into().unwrap();

    auth::revoke_signing_key(&auth.database.settings(), &leaked).await.unwrap();

    let keys = until_another_signs(&auth, &leaked).await;
    assert_eq!((&keys[0], keys.contains(&leaked), keys.len()), (&next, false, 2));
    assert!(auth.me(&tokens.access_token).await.is_err());
    let fresh = auth.refresh(&tokens.refresh_token).await.unwrap();
    auth.me(&fresh.access_token).await.unwrap();
    let again = auth::revoke_signing_key(&auth.database.settings(), &leaked).await;
    assert!(again.unwrap_err().to_string().contains("no such key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_rotated_on_request_once_the_next_one_is_known_everywhere() {
    let auth = auth().await;
    auth.signed_in("ada@example.com").await;
    let [old, next] = published(&auth).await.try_into().unwrap();

    let early = auth::rotate_signing_key(&auth.database.settings()).await.unwrap_err();
    assert!(early.to_string().contains("ten minutes"), "{early}");
    pass_minutes(&auth, 10).await;
    auth::rotate_signing_key(&auth.database.settings()).await.unwrap();

    assert_eq!(until_another_signs(&auth, &old).await[0], next);
}

#[tokio::test]
async fn private_keys_are_sealed_at_rest() {
    let auth = auth().await;
    auth.signed_in("ada@example.com").await;

    let rows: Vec<String> =
        sqlx::query_scalar("SELECT k::text FROM signing_keys AS k").fetch_all(&auth.owner).await.unwrap();

    assert_eq!(rows.len(), 2);
    let private = auth.pem.expose_secret().lines().nth(1).unwrap();
    assert!(rows.iter().all(|row| !row.contains(private) && !row.contains("PRIVATE")));
    assert!(rows.iter().all(|row| !row.contains(r#""d":"#)), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_start_at_once_share_one_ring() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    sqlx::query("DELETE FROM signing_keys").execute(&auth.owner).await.unwrap();

    let (one, two, three) =
        tokio::join!(auth.another_instance(), auth.another_instance(), auth.another_instance());

    let mut rings = HashSet::new();
    for (_running, mut client) in [one, two, three] {
        rings.insert(client.get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json);
    }
    assert_eq!(rings.len(), 1, "{rings:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_every_key_is_revoked_a_new_one_signs() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let old = published(&auth).await;

    sqlx::query("UPDATE signing_keys SET revoked_at = now()").execute(&auth.owner).await.unwrap();

    let new = until_another_signs(&auth, &old[0]).await;
    assert!(new.iter().all(|key| !old.contains(key)), "{new:?} {old:?}");
    let fresh = auth.refresh(&tokens.refresh_token).await.unwrap();
    auth.me(&fresh.access_token).await.unwrap();
}
