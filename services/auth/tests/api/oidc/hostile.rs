//! What a provider, a thief or another browser may try.

use super::{World, person, refused, world};
use crate::support::reason_of;
use journal_proto::auth::v1::{FinishOidcRequest, StartOidcRequest};
use serde_json::{Value, json};
use testing::Lie;
use tokio::task::JoinSet;
use tonic::Code;

const EMAIL: &str = "ada@example.com";

async fn came_of(world: &World, lie: Lie) -> String {
    world.provider.tell(lie);
    let outcome = world.sign_in(&person(EMAIL)).await;
    refused(outcome)
}

#[tokio::test]
async fn only_a_token_of_the_provider_for_us_now_and_this_browser_counts() {
    let world = world().await;
    let claims: [fn(&mut Value); 18] = [
        |claims| claims["nonce"] = "another".into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("nonce")),
        |claims| claims["aud"] = "another".into(),
        |claims| claims["aud"] = json!([]),
        |claims| claims["aud"] = json!(["another", "other"]),
        |claims| claims["aud"] = json!(["journal", "another"]),
        |claims| claims["azp"] = "another".into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("aud")),
        |claims| claims["iss"] = "https://accounts.example.com".into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("iss")),
        |claims| claims["exp"] = (claims["iat"].as_i64().unwrap() - 60).into(),
        |claims| claims["exp"] = "tomorrow".into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("exp")),
        |claims| claims["nbf"] = (claims["iat"].as_i64().unwrap() + 600).into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("iat")),
        |claims| drop(claims.as_object_mut().unwrap().remove("sub")),
        |claims| claims["sub"] = "".into(),
        |claims| claims["sub"] = "x".repeat(256).into(),
    ];
    for (n, edit) in claims.into_iter().enumerate() {
        assert_eq!(came_of(&world, Lie::Claims(edit)).await, "oidc-failed", "claims {n}");
    }
    for lie in [Lie::Unsigned, Lie::Symmetric, Lie::OtherKey, Lie::UnknownKey, Lie::Garbage, Lie::Missing] {
        assert_eq!(came_of(&world, lie).await, "oidc-failed", "{lie:?}");
    }
    assert_eq!(world.users().await, 0);

    world.provider.tell(Lie::Claims(|claims| claims["aud"] = json!(["journal"])));
    world.sign_in(&person(EMAIL)).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_is_down_sends_elsewhere_or_never_stops_is_not_available() {
    let world = world().await;
    for lie in [Lie::Down, Lie::Redirect, Lie::Endless] {
        world.provider.tell(lie);
        let failed = world.sign_in(&person(EMAIL)).await.unwrap_err();
        assert_eq!(failed.code(), Code::Unavailable, "{lie:?}: {failed}");
    }
    assert_eq!(world.users().await, 0);
}

#[tokio::test]
async fn a_configuration_that_names_another_issuer_or_a_host_that_is_not_listed_is_not_followed() {
    let edits: [fn(&mut Value); 5] = [
        |document| document["issuer"] = "https://accounts.example.com".into(),
        |document| document["token_endpoint"] = "http://169.254.169.254/token".into(),
        |document| document["jwks_uri"] = "http://localhost:1/keys".into(),
        |document| document["authorization_endpoint"] = "https://evil.example/authorize".into(),
        |document| document["jwks_uri"] = "file:///etc/passwd".into(),
    ];
    for (n, edit) in edits.into_iter().enumerate() {
        let world = world().await;
        world.provider.configure(edit);
        let failed = world.start("/").await.unwrap_err();
        assert_eq!(failed.code(), Code::Unavailable, "{n}: {failed}");
    }
}

#[tokio::test]
async fn what_was_begun_is_finished_once_in_time_and_in_the_same_browser() {
    let world = world().await;
    let begun = world.start("/").await.unwrap();
    let good = world.brought(&begun, &person(EMAIL));
    let others = world.start("/").await.unwrap();

    for stolen in [
        FinishOidcRequest { browser_secret: others.browser_secret.clone(), ..good.clone() },
        FinishOidcRequest { browser_secret: String::new(), ..good.clone() },
        FinishOidcRequest { browser_secret: "\0".to_owned(), ..good.clone() },
        FinishOidcRequest { state: String::new(), ..good.clone() },
        FinishOidcRequest { state: "A".repeat(43), ..good.clone() },
    ] {
        assert_eq!(refused(world.finish(stolen).await), "oidc-failed");
    }
    world.finish(good.clone()).await.unwrap();
    assert_eq!(refused(world.finish(good).await), "oidc-failed");

    // Somebody else's code in one's own browser, and another issuer's answer.
    let (mine, theirs) = (world.start("/").await.unwrap(), world.start("/").await.unwrap());
    let injected = FinishOidcRequest {
        code: world.brought(&theirs, &person("eve@example.com")).code,
        ..world.brought(&mine, &person(EMAIL))
    };
    assert_eq!(refused(world.finish(injected).await), "oidc-failed");
    let begun = world.start("/").await.unwrap();
    let mixed_up = FinishOidcRequest {
        issuer: "https://evil.example".to_owned(),
        ..world.brought(&begun, &person(EMAIL))
    };
    assert_eq!(refused(world.finish(mixed_up).await), "oidc-failed");

    let late = world.start("/").await.unwrap();
    sqlx::query("UPDATE oidc_logins SET expires_at = expires_at - interval '10 minutes'")
        .execute(&world.auth.owner)
        .await
        .unwrap();
    assert_eq!(refused(world.finish(world.brought(&late, &person(EMAIL))).await), "oidc-failed");
    let elsewhere = FinishOidcRequest { provider: "other".to_owned(), ..FinishOidcRequest::default() };
    assert_eq!(world.finish(elsewhere).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_answers_at_once_one_opens_a_session() {
    let world = world().await;
    let begun = world.start("/").await.unwrap();
    let answer = world.brought(&begun, &person(EMAIL));
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let (mut client, answer) = (world.client(), answer.clone());
        calls.spawn(async move { client.finish_oidc(answer).await.is_ok() });
    }

    let opened = calls.join_all().await.into_iter().filter(|opened| *opened).count();

    assert_eq!((opened, world.users().await), (1, 1));
}

#[tokio::test]
async fn unknown_keys_make_nobody_ask_the_provider_again_and_again() {
    let world = world().await;
    for _ in 0..10 {
        assert_eq!(came_of(&world, Lie::UnknownKey).await, "oidc-failed");
    }

    assert_eq!(world.provider.keys_asked(), 1);
}

#[tokio::test]
async fn nothing_in_the_database_makes_an_answer_good() {
    let world = world().await;
    let begun = world.start("/").await.unwrap();
    let url = begun.authorization_url.clone();

    let row: String = sqlx::query_scalar("SELECT t::text FROM oidc_logins AS t")
        .fetch_one(&world.auth.owner)
        .await
        .unwrap();

    assert!(!row.contains(&begun.browser_secret), "{row}");
    for parameter in ["state=", "nonce=", "code_challenge="] {
        let (_, value) = url.split_once(parameter).unwrap();
        assert!(!row.contains(value.split('&').next().unwrap()), "{parameter}: {row}");
    }
    let unknown = StartOidcRequest { provider: "\0".to_owned(), return_to: String::new() };
    assert_eq!(world.client().start_oidc(unknown).await.unwrap_err().code(), Code::NotFound);
    let refusal =
        world.finish(FinishOidcRequest { provider: "local".to_owned(), ..FinishOidcRequest::default() });
    assert_eq!(reason_of(&refusal.await.unwrap_err(), Code::Unauthenticated), "oidc-failed");
}
