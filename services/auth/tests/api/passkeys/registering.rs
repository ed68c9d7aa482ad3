//! How a passkey comes to be known, and is forgotten.

use super::{EMAIL, ORIGIN, options};
use crate::support::{Auth, PASSWORD, auth, field_of, id, reason_of};
use journal_proto::auth::v1::{AccountMailRequested, Ceremony, FinishRegistrationRequest};
use serde_json::{Value, json};
use testing::SoftAuthenticator;
use tokio::task::JoinSet;
use tonic::Code;

/// What a browser makes of the options.
type Answer = Box<dyn FnMut(Value) -> Value>;

async fn age(auth: &Auth, sql: &'static str) {
    sqlx::query(sql).execute(&auth.database.every_row).await.unwrap();
}

#[tokio::test]
async fn a_passkey_is_made_listed_and_told_of() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let begun = auth.start(&tokens.access_token, PASSWORD).await.unwrap();
    let options = options(&begun);
    assert_eq!(begun.expires_in, 300);
    assert_eq!((&options["rp"]["id"], &options["user"]["name"]), (&json!("localhost"), &json!(EMAIL)));
    let selection = &options["authenticatorSelection"];
    assert_eq!(
        (&selection["residentKey"], &selection["userVerification"]),
        (&json!("required"), &json!("required"))
    );
    // 32 bytes.
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43);

    let (_, made) = auth.passkey(&tokens.access_token).await;

    assert_eq!((made.name.as_str(), made.last_used_at), ("Phone", None));
    assert_eq!(auth.list(&tokens.access_token).await, [made]);
    let mails: Vec<AccountMailRequested> = auth.told().await;
    assert_eq!(mails.last().unwrap().kind, "passkey-added");
}

#[tokio::test]
async fn an_answer_counts_only_if_it_is_what_was_asked() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let mut without_pin = SoftAuthenticator::new(ORIGIN);
    without_pin.verifies = false;
    let mut answers: Vec<(&str, Answer)> = vec![
        (
            "another port",
            Box::new(|options| SoftAuthenticator::new("http://localhost:8081").create(&options)),
        ),
        ("https", Box::new(|options| SoftAuthenticator::new("https://localhost:8080").create(&options))),
        (
            "a subdomain",
            Box::new(|options| SoftAuthenticator::new("http://evil.localhost:8080").create(&options)),
        ),
        ("another site", Box::new(|options| SoftAuthenticator::new("https://evil.example").create(&options))),
        ("no user verification", Box::new(move |options| without_pin.create(&options))),
        (
            "another challenge",
            Box::new(|mut options| {
                options["challenge"] = "A".repeat(43).into();
                SoftAuthenticator::new(ORIGIN).create(&options)
            }),
        ),
        (
            "another domain",
            Box::new(|mut options| {
                options["rp"]["id"] = "example.com".into();
                SoftAuthenticator::new(ORIGIN).create(&options)
            }),
        ),
        (
            "a signature instead",
            Box::new(|mut options| {
                options["rpId"] = "localhost".into();
                SoftAuthenticator::new(ORIGIN).get(&options)
            }),
        ),
        (
            "garbage inside",
            Box::new(|options| {
                let mut answer = SoftAuthenticator::new(ORIGIN).create(&options);
                answer["response"]["attestationObject"] = "AAAA".into();
                answer
            }),
        ),
        ("nothing", Box::new(|_| json!({}))),
        ("no object", Box::new(|_| json!("x"))),
    ];

    for (kind, answer) in &mut answers {
        let begun = auth.start(&tokens.access_token, "").await.unwrap();
        let answer = answer(options(&begun));
        let refused = auth.finish(&tokens.access_token, &begun, &answer).await.expect_err(kind);
        assert_eq!(field_of(&refused), "credential", "{kind}");
    }
    assert_eq!(auth.list(&tokens.access_token).await, []);
}

#[tokio::test]
async fn what_has_begun_is_finished_once_within_five_minutes_and_by_its_owner() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in(EMAIL).await, auth.signed_in("grace@example.com").await);
    let mut authenticator = SoftAuthenticator::new(ORIGIN);
    let begun = auth.start(&ada.access_token, "").await.unwrap();
    let answer = authenticator.create(&options(&begun));

    let others = auth.finish(&grace.access_token, &begun, &answer).await.unwrap_err();
    assert_eq!(field_of(&others), "ceremony");
    auth.finish(&ada.access_token, &begun, &answer).await.unwrap();
    let again = auth.finish(&ada.access_token, &begun, &answer).await.unwrap_err();
    assert_eq!(field_of(&again), "ceremony");

    let late = auth.start(&ada.access_token, "").await.unwrap();
    age(&auth, "UPDATE passkey_registrations SET expires_at = expires_at - interval '5 minutes'").await;
    let answer = SoftAuthenticator::new(ORIGIN).create(&options(&late));
    assert_eq!(field_of(&auth.finish(&ada.access_token, &late, &answer).await.unwrap_err()), "ceremony");
    for name in ["", "x", "\0", &"A".repeat(43)] {
        let none = Ceremony { ceremony: name.to_owned(), ..late.clone() };
        assert_eq!(field_of(&auth.finish(&ada.access_token, &none, &answer).await.unwrap_err()), "ceremony");
    }
    let (access_token, long) = (&ada.access_token, "x".repeat(101));
    let request = FinishRegistrationRequest { name: long, ..FinishRegistrationRequest::default() };
    let refused = auth.passkeys().finish_registration(testing::with_bearer(request, access_token)).await;
    assert_eq!(field_of(&refused.unwrap_err()), "name");
}

#[tokio::test]
async fn a_credential_is_one_users_alone() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in(EMAIL).await, auth.signed_in("grace@example.com").await);
    let (authenticator, _) = auth.passkey(&ada.access_token).await;

    let begun = auth.start(&grace.access_token, "").await.unwrap();
    let answer = authenticator.impostor().create(&options(&begun));
    let refused = auth.finish(&grace.access_token, &begun, &answer).await.unwrap_err();

    assert_eq!(field_of(&refused), "credential");
    assert_eq!(auth.list(&grace.access_token).await, []);
    assert_eq!(auth.list(&ada.access_token).await.len(), 1);
}

#[tokio::test]
async fn who_makes_or_forgets_one_signed_in_just_now_or_tells_the_password() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let (_, made) = auth.passkey(&tokens.access_token).await;
    age(&auth, "UPDATE sessions SET created_at = now() - interval '10 minutes'").await;

    for refused in [
        auth.start(&tokens.access_token, "").await.map(|_| ()),
        auth.delete_passkey(&tokens.access_token, &made.id).await,
    ] {
        assert_eq!(reason_of(&refused.unwrap_err(), Code::PermissionDenied), "reauthentication-required");
    }
    assert_eq!(field_of(&auth.start(&tokens.access_token, "wrong").await.unwrap_err()), "password");
    auth.start(&tokens.access_token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_forgotten_passkey_signs_nobody_in_and_ends_the_other_sessions() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let (mut authenticator, made) = auth.passkey(&tokens.access_token).await;
    let opened = auth.login_on(&mut authenticator).await.unwrap().tokens.unwrap();
    let grace = auth.signed_in("grace@example.com").await;

    for missing in ["", "x", &id("018f0000-0000-7000-8000-000000000000").to_string()] {
        assert_eq!(
            auth.delete_passkey(&tokens.access_token, missing).await.unwrap_err().code(),
            Code::NotFound
        );
    }
    assert_eq!(auth.delete_passkey(&grace.access_token, &made.id).await.unwrap_err().code(), Code::NotFound);
    auth.delete_passkey(&tokens.access_token, &made.id).await.unwrap();

    assert_eq!(auth.list(&tokens.access_token).await, []);
    assert_eq!(auth.end_of(&opened.session_id).await.as_deref(), Some("mfa-changed"));
    let refused = auth.login_on(&mut authenticator).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-passkey");
    assert_eq!(auth.delete_passkey(&tokens.access_token, &made.id).await.unwrap_err().code(), Code::NotFound);
    let mails: Vec<AccountMailRequested> = auth.told().await;
    assert_eq!(mails.last().unwrap().kind, "passkey-removed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_twenty_passkeys_at_most_however_many_are_made_at_once() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    for _ in 0..18 {
        auth.passkey(&tokens.access_token).await;
    }
    let mut begun = Vec::new();
    for _ in 0..6 {
        begun.push(auth.start(&tokens.access_token, "").await.unwrap());
    }
    let mut calls = JoinSet::new();
    for ceremony in begun {
        let (mut client, access_token) = (auth.passkeys(), tokens.access_token.clone());
        calls.spawn(async move {
            let answer = SoftAuthenticator::new(ORIGIN).create(&options(&ceremony));
            let request = FinishRegistrationRequest {
                ceremony: ceremony.ceremony,
                name: String::new(),
                credential_json: answer.to_string(),
            };
            client.finish_registration(testing::with_bearer(request, &access_token)).await.map(|_| ())
        });
    }

    let outcomes = calls.join_all().await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2);
    assert_eq!(auth.list(&tokens.access_token).await.len(), 20);
    let refused = auth.start(&tokens.access_token, "").await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::FailedPrecondition), "too-many-passkeys");
}
