//! What opens a session, and what does not.

use super::{EMAIL, ORIGIN, options};
use crate::support::{Auth, Client, auth, login_of, reason_of};
use journal_proto::auth::v1::{
    FinishLoginRequest, GetJwksRequest, LoginRequest, LoginResponse,
    passkey_service_client::PasskeyServiceClient,
};
use serde_json::{Value, json};
use testing::SoftAuthenticator;
use tokio::task::JoinSet;
use tonic::{Code, Status};

fn refused(outcome: Result<LoginResponse, Status>) -> Status {
    let status = outcome.unwrap_err();
    assert_eq!(reason_of(&status, Code::Unauthenticated), "invalid-passkey");
    status
}

async fn with_passkey() -> (Auth, SoftAuthenticator, String) {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let (authenticator, _) = auth.passkey(&tokens.access_token).await;
    (auth, authenticator, tokens.access_token)
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_name_a_password_or_a_code() {
    let (auth, mut authenticator, access_token) = with_passkey().await;
    let tokens = auth.login(EMAIL).await;
    auth.enabled(&tokens).await;
    assert_eq!(options(&auth.start_login().await)["allowCredentials"], json!([]));

    let answer = auth.login_on(&mut authenticator).await.unwrap();

    assert_eq!(answer.user.unwrap().email, EMAIL);
    let opened = answer.tokens.unwrap();
    assert_eq!(auth.me(&opened.access_token).await.unwrap().email, EMAIL);
    assert!(auth.list(&opened.access_token).await[0].last_used_at.is_some());
    auth.me(&access_token).await.unwrap_err();
    // The device is known from now on.
    let known = LoginRequest { device_token: answer.device_token, ..login_of(EMAIL) };
    assert_eq!(reason_of(&auth.answer_to(known).await.unwrap_err(), Code::Unauthenticated), "totp-required");
}

#[tokio::test]
async fn only_the_answer_to_what_was_asked_opens_a_session_and_nobody_is_told_what_was_wrong() {
    let (auth, mut good, _) = with_passkey().await;
    let mut stranger = SoftAuthenticator::new(ORIGIN);
    stranger.create(&json!({"user": {"id": "AAAAAAAAAAAAAAAAAAAAAA"}, "rp": {"id": "localhost"}}));
    let mut impostor = good.impostor();
    let mut messages = Vec::new();
    let begun = auth.start_login().await;
    let asked = options(&begun);
    messages.push(refused(auth.finish_login(&begun, &stranger.get(&asked)).await));
    for origin in ["http://localhost:8081", "https://localhost:8080", "https://evil.example", "null", ""] {
        let begun = auth.start_login().await;
        good.origin = origin.to_owned();
        messages.push(refused(auth.finish_login(&begun, &good.get(&options(&begun))).await));
    }
    good.origin = ORIGIN.to_owned();
    good.verifies = false;
    messages.push(refused(auth.login_on(&mut good).await));
    good.verifies = true;
    messages.push(refused(auth.login_on(&mut impostor).await));
    let edits: [fn(&mut Value); 6] = [
        |options| options["rpId"] = "example.com".into(),
        |options| options["challenge"] = "A".repeat(43).into(),
        |options| options["challenge"] = Value::Null,
        |options| options["challenge"] = "".into(),
        |options| options["challenge"] = [0].into(),
        |options| options["rpId"] = "evil.localhost".into(),
    ];
    for edit in edits {
        let begun = auth.start_login().await;
        let mut asked = options(&begun);
        edit(&mut asked);
        messages.push(refused(auth.finish_login(&begun, &good.get(&asked)).await));
    }
    for (pointer, value) in [
        ("/response/signature", json!("AAAA")),
        ("/response/userHandle", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("/response/userHandle", Value::Null),
        ("/response/authenticatorData", json!("AAAA")),
        ("/rawId", json!("AAAA")),
        ("/response", json!({})),
        ("", json!(null)),
        ("", json!([])),
    ] {
        let begun = auth.start_login().await;
        let mut answer = good.get(&options(&begun));
        *answer.pointer_mut(pointer).unwrap() = value;
        messages.push(refused(auth.finish_login(&begun, &answer).await));
    }

    let first = messages[0].message();
    assert!(messages.iter().all(|status| status.message() == first), "{messages:?}");
    auth.login_on(&mut good).await.unwrap();
}

#[tokio::test]
async fn a_challenge_is_answered_once_within_five_minutes() {
    let (auth, mut authenticator, _) = with_passkey().await;
    let begun = auth.start_login().await;
    let answer = authenticator.get(&options(&begun));
    auth.finish_login(&begun, &answer).await.unwrap();
    refused(auth.finish_login(&begun, &answer).await);

    // A wrong answer uses it up, too.
    let begun = auth.start_login().await;
    authenticator.verifies = false;
    refused(auth.finish_login(&begun, &authenticator.get(&options(&begun))).await);
    authenticator.verifies = true;
    refused(auth.finish_login(&begun, &authenticator.get(&options(&begun))).await);

    let (late, other) = (auth.start_login().await, auth.start_login().await);
    sqlx::query("UPDATE passkey_logins SET expires_at = expires_at - interval '5 minutes'")
        .execute(&auth.owner)
        .await
        .unwrap();
    refused(auth.finish_login(&late, &authenticator.get(&options(&late))).await);
    let fresh = auth.start_login().await;
    refused(auth.finish_login(&fresh, &authenticator.get(&options(&other))).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_answers_to_one_challenge_at_once_one_opens_a_session() {
    let (auth, mut authenticator, _) = with_passkey().await;
    let begun = auth.start_login().await;
    let credential_json = authenticator.get(&options(&begun)).to_string();
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let mut client = auth.passkeys();
        let request = FinishLoginRequest {
            ceremony: begun.ceremony.clone(),
            credential_json: credential_json.clone(),
            ..FinishLoginRequest::default()
        };
        calls.spawn(async move { client.finish_login(request).await.is_ok() });
    }

    let opened = calls.join_all().await.into_iter().filter(|opened| *opened).count();

    assert_eq!(opened, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_sign_ins_at_once_than_there_are_connections_all_end_well() {
    let (auth, mut authenticator, _) = with_passkey().await;
    let mut config = crate::support::config(&auth.database, &auth.pem);
    config.postgres.database_max_connections = 3;
    let (_running, channel) = crate::support::serve(config).await;
    // The keys that sign are loaded by then, as wherever a request comes.
    Client::new(channel.clone()).get_jwks(GetJwksRequest {}).await.unwrap();
    let client = PasskeyServiceClient::new(channel);
    let mut calls = JoinSet::new();
    for _ in 0..6 {
        // Of a device that is not known, which has to be looked for.
        let (mut client, request) = (client.clone(), auth.login_request(&mut authenticator).await);
        calls.spawn(async move { client.finish_login(request).await.map(drop) });
    }

    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
}

#[tokio::test]
async fn a_counter_that_does_not_grow_betrays_a_copy() {
    let (auth, mut authenticator, _) = with_passkey().await;
    authenticator.counter = 5;
    auth.login_on(&mut authenticator).await.unwrap();

    for rolled_back in [4, 5, 0] {
        // The next signature counts one more, unless it does not count.
        authenticator.counter = rolled_back;
        refused(auth.login_on(&mut authenticator).await);
    }
    authenticator.counter = 6;
    auth.login_on(&mut authenticator).await.unwrap();
}

#[tokio::test]
async fn where_it_is_asked_for_the_address_is_verified_first() {
    let (auth, mut authenticator, _) = with_passkey().await;
    let (_running, channel) = crate::support::serve(auth::Config {
        require_verified_email: true,
        ..crate::support::config(&auth.database, &auth.pem)
    })
    .await;
    let begun = auth.start_login().await;
    let request = FinishLoginRequest {
        credential_json: authenticator.get(&options(&begun)).to_string(),
        ceremony: begun.ceremony,
        ..FinishLoginRequest::default()
    };

    let mut strict = PasskeyServiceClient::new(channel);
    let refused = strict.finish_login(request).await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::PermissionDenied), "email-not-verified");
}

#[tokio::test]
async fn what_nobody_finished_is_forgotten() {
    let (auth, ..) = with_passkey().await;
    let tokens = auth.login(EMAIL).await;
    auth.start(&tokens.access_token, "").await.unwrap();
    auth.start_login().await;
    for sql in [
        "UPDATE passkey_logins SET expires_at = now() - interval '1 second'",
        "UPDATE passkey_registrations SET expires_at = now() - interval '1 second'",
    ] {
        sqlx::query(sql).execute(&auth.database.every_row).await.unwrap();
    }
    let (_running, _) =
        crate::support::start_instance(&auth.database, &auth.pem, std::time::Duration::from_millis(100))
            .await;

    testing::eventually("both to be forgotten", async || {
        let left: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM passkey_logins) + (SELECT count(*) FROM passkey_registrations)",
        )
        .fetch_one(&auth.database.every_row)
        .await
        .unwrap();
        (left == 0).then_some(())
    })
    .await;
}
