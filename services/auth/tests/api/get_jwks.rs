//! `GetJwks`: what others need to check access tokens, and no more.

use crate::support::{auth, id};
use identity::{Settings, Verifier};
use journal_proto::auth::v1::GetJwksRequest;
use runtime::{Clock, Service, Shutdown};
use serde_json::Value;

#[tokio::test]
async fn others_verify_access_tokens_with_the_published_keys() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let jwks = auth.client.clone().get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json;

    let mut other = Service::new("other", Shutdown::manual(), &testing::admin());
    let settings = Settings {
        jwks: Some(jwks),
        ..Settings::of("http://127.0.0.1:1".to_owned(), testing::calls_of("trades"))
    };
    let verifier = Verifier::connect(&mut other, &settings, Clock::system()).await.unwrap();
    let caller = verifier.verify(&tokens.access_token).await.unwrap();
    assert_eq!(caller.session_id.0, id(&tokens.session_id));
}

#[tokio::test]
async fn only_the_public_half_is_published_and_all_instances_publish_the_same() {
    let auth = auth().await;
    let (_running, mut other) = auth.another_instance().await;

    let json = auth.client.clone().get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json;

    let jwks: Value = serde_json::from_str(&json).unwrap();
    let key = &jwks["keys"][0];
    assert_eq!((&key["kty"], &key["crv"], &key["use"]), (&"OKP".into(), &"Ed25519".into(), &"sig".into()));
    assert!(key["kid"].is_string() && key["x"].is_string());
    assert_eq!(key.get("d"), None);
    assert_eq!(other.get_jwks(GetJwksRequest {}).await.unwrap().into_inner().jwks_json, json);
}
