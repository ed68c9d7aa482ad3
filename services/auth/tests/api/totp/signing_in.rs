//! What a sign-in is asked for, and how often a code is good.

use super::{App, guarded};
use crate::support::{Auth, PASSWORD, auth, login_of, reason_of};
use journal_proto::auth::v1::LoginRequest;
use tokio::task::JoinSet;
use tonic::{Code, Status};

const EMAIL: &str = "ada@example.com";

fn refused<T: std::fmt::Debug>(outcome: Result<T, Status>) -> String {
    reason_of(&outcome.unwrap_err(), Code::Unauthenticated)
}

/// Makes all attempts older, as if the database's clock had gone on.
async fn a_quarter_of_an_hour_passes(auth: &Auth) {
    sqlx::query(
        "UPDATE attempts SET newest = newest - interval '901 seconds',
             failed = ARRAY(SELECT at - interval '901 seconds' FROM unnest(failed) AS at)",
    )
    .execute(&auth.owner)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_code_is_asked_for_after_a_right_password_alone() {
    let (auth, _, app, _) = guarded().await;
    let with = |password: &str, totp: String| {
        auth.answer_to(LoginRequest { password: password.to_owned(), totp, ..login_of(EMAIL) })
    };

    assert_eq!(refused(with(PASSWORD, String::new()).await), "totp-required");
    let unknown = auth.login_by_code("grace@example.com", &app.code()).await.unwrap_err();
    for code in [String::new(), app.next_code()] {
        let wrong = with("wrong", code).await.unwrap_err();
        assert_eq!(reason_of(&wrong, Code::Unauthenticated), "invalid-credentials");
        assert_eq!((wrong.message(), wrong.details()), (unknown.message(), unknown.details()));
    }
    assert_eq!(refused(with(PASSWORD, app.wrong_code()).await), "invalid-credentials");
    with(PASSWORD, app.next_code()).await.unwrap();
}

#[tokio::test]
async fn who_is_asked_for_no_code_may_send_any() {
    let auth = auth().await;
    auth.register(EMAIL).await;

    auth.login_by_code(EMAIL, "123456").await.unwrap();
}

#[tokio::test]
async fn the_code_that_confirmed_signs_nobody_in_and_neither_does_an_older_one() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let app = App { secret: auth.enroll(&tokens.access_token, "").await.unwrap().secret };
    let (code, next) = (app.code(), app.next_code());
    auth.confirm(&tokens.access_token, &next).await.unwrap();

    assert_eq!(refused(auth.login_by_code(EMAIL, &next).await), "invalid-credentials");
    assert_eq!(refused(auth.login_by_code(EMAIL, &code).await), "invalid-credentials");
    auth.forget_used_codes().await;
    auth.login_by_code(EMAIL, &next).await.unwrap();
}

#[tokio::test]
async fn a_code_signs_in_once_however_it_is_spelled() {
    let (auth, _, app, codes) = guarded().await;
    let code = app.next_code();

    auth.login_by_code(EMAIL, &format!(" {code} ")).await.unwrap();

    assert_eq!(refused(auth.login_by_code(EMAIL, &code).await), "invalid-credentials");
    auth.login_by_code(EMAIL, &codes[0].to_uppercase().replace('-', " ")).await.unwrap();
    assert_eq!(refused(auth.login_by_code(EMAIL, &codes[0]).await), "invalid-credentials");
}

/// Signs in fifty times at once with this code: on ten devices that are trusted, so that each code is looked at.
async fn fifty_at_once(auth: &Auth, devices: &[String], code: &str) -> Vec<Result<(), Status>> {
    let (_running, other) = auth.another_instance().await;
    let clients = [auth.client.clone(), other];
    let mut calls = JoinSet::new();
    for (n, device) in devices.iter().cycle().take(50).enumerate() {
        let mut client = clients[n % 2].clone();
        let (device_token, totp) = (device.clone(), code.to_owned());
        let request = LoginRequest { device_token, totp, ..login_of(EMAIL) };
        calls.spawn(async move { client.login(request).await.map(|_| ()) });
    }
    calls.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_uses_of_one_code_at_once_one_opens_a_session() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let mut devices = Vec::new();
    for _ in 0..10 {
        devices.push(auth.answer_to(login_of(EMAIL)).await.unwrap().device_token);
    }
    let (app, codes) = auth.enabled(&tokens).await;

    for code in [&app.next_code(), &codes[0]] {
        let outcomes = fifty_at_once(&auth, &devices, code).await;
        let opened = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(opened, 1, "{code}: {outcomes:?}");
        assert!(
            outcomes
                .iter()
                .filter_map(|outcome| outcome.as_ref().err())
                .all(|status| { [Code::Unauthenticated, Code::ResourceExhausted].contains(&status.code()) })
        );
        a_quarter_of_an_hour_passes(&auth).await;
    }

    let live: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions WHERE revoked_at IS NULL")
        .fetch_one(&auth.database.every_row)
        .await
        .unwrap();
    // The one that enabled codes, and one for each code.
    assert_eq!(live, 3);
}

#[tokio::test]
async fn after_five_wrong_codes_no_other_is_looked_at_for_a_quarter_of_an_hour() {
    let (auth, _, app, codes) = guarded().await;
    for wrong in [app.wrong_code(), "x".to_owned(), "\0".to_owned(), "0".repeat(20), "0".repeat(1 << 16)] {
        assert_eq!(refused(auth.login_by_code(EMAIL, &wrong).await), "invalid-credentials");
    }

    for code in [&app.next_code(), &codes[0]] {
        let throttled = auth.login_by_code(EMAIL, code).await.unwrap_err();
        assert_eq!(reason_of(&throttled, Code::ResourceExhausted), "too-many-attempts");
    }
    // Not a word about codes to whoever does not know the password.
    let wrong = LoginRequest { password: "wrong".to_owned(), totp: app.next_code(), ..login_of(EMAIL) };
    assert_eq!(refused(auth.answer_to(wrong).await), "invalid-credentials");

    a_quarter_of_an_hour_passes(&auth).await;
    auth.login_by_code(EMAIL, &app.next_code()).await.unwrap();
}

#[tokio::test]
async fn whoever_guesses_codes_keeps_no_trusted_device_out_and_has_five_guesses_on_a_stolen_one() {
    let auth = auth().await;
    auth.register(EMAIL).await;
    let first = auth.answer_to(login_of(EMAIL)).await.unwrap();
    let (app, _) = auth.enabled(&first.tokens.unwrap()).await;
    let here = |totp: String| {
        auth.answer_to(LoginRequest { device_token: first.device_token.clone(), totp, ..login_of(EMAIL) })
    };
    for _ in 0..5 {
        auth.login_by_code(EMAIL, &app.wrong_code()).await.unwrap_err();
    }

    here(app.next_code()).await.unwrap();

    auth.forget_used_codes().await;
    for _ in 0..5 {
        assert_eq!(refused(here(app.wrong_code()).await), "invalid-credentials");
    }
    let throttled = here(app.next_code()).await.unwrap_err();
    assert_eq!(reason_of(&throttled, Code::ResourceExhausted), "too-many-attempts");
}

#[tokio::test]
async fn a_used_recovery_code_is_told_by_mail_and_counted() {
    let (auth, tokens, _, codes) = guarded().await;
    assert_eq!(codes.len(), 10);
    assert_eq!(auth.factors_of(&tokens.access_token).await.recovery_codes_left, 10);

    for code in &codes[..3] {
        auth.login_by_code(EMAIL, code).await.unwrap();
    }

    assert_eq!(auth.factors_of(&tokens.access_token).await.recovery_codes_left, 7);
    assert_eq!(auth.kinds().await.iter().filter(|kind| *kind == "recovery-code-used").count(), 3);
}

#[tokio::test]
async fn codes_of_one_user_are_of_no_use_to_another() {
    let (auth, _, app, codes) = guarded().await;
    let grace = auth.signed_in("grace@example.com").await;
    let (graces, _) = auth.enabled(&grace).await;

    for code in [&app.next_code(), &codes[0]] {
        assert_eq!(refused(auth.login_by_code("grace@example.com", code).await), "invalid-credentials");
    }
    auth.login_by_code("grace@example.com", &graces.next_code()).await.unwrap();
    auth.login_by_code(EMAIL, &codes[0]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_session_that_showed_no_code_outlives_the_moment_from_which_one_is_asked_for() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let app = App { secret: auth.enroll(&tokens.access_token, "").await.unwrap().secret };
    let mut calls = JoinSet::new();
    for _ in 0..8 {
        let mut client = auth.client.clone();
        calls.spawn(async move { client.login(login_of(EMAIL)).await.is_ok() });
    }

    auth.confirm(&tokens.access_token, &app.code()).await.unwrap();
    calls.join_all().await;

    let live: Vec<uuid::Uuid> = sqlx::query_scalar("SELECT id FROM sessions WHERE revoked_at IS NULL")
        .fetch_all(&auth.database.every_row)
        .await
        .unwrap();
    assert_eq!(live, [crate::support::id(&tokens.session_id)]);
}
