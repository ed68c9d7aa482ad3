//! Who may change what is asked for, and what that entails.

use super::{App, guarded};
use crate::support::{Auth, PASSWORD, auth, field_of, login_of, reason_of};
use journal_proto::auth::v1::{LoginRequest, SessionRevoked};
use tonic::{Code, Status};

const EMAIL: &str = "ada@example.com";

fn conflict<T: std::fmt::Debug>(outcome: Result<T, Status>) -> String {
    reason_of(&outcome.unwrap_err(), Code::FailedPrecondition)
}

/// What a caller may ask for only after showing anew who he is.
async fn guarded_calls(auth: &Auth, access_token: &str, password: &str) -> Vec<Result<(), Status>> {
    vec![
        auth.enroll(access_token, password).await.map(|_| ()),
        auth.renew_codes(access_token, password).await.map(|_| ()),
        auth.disable(access_token, password).await,
    ]
}

#[tokio::test]
async fn enabling_and_disabling_end_the_other_sessions_and_tell_the_user() {
    let auth = auth().await;
    let asking = auth.signed_in(EMAIL).await;
    let other = auth.login(EMAIL).await;
    assert_eq!(auth.factors_of(&asking.access_token).await.totp_enabled_at, None);

    let (app, codes) = auth.enabled(&asking).await;

    assert_eq!(auth.end_of(&other.session_id).await.as_deref(), Some("mfa-changed"));
    auth.refresh(&other.refresh_token).await.unwrap_err();
    let asking_still = auth.refresh(&asking.refresh_token).await.unwrap();
    assert!(auth.factors_of(&asking_still.access_token).await.totp_enabled_at.is_some());
    let third = auth.login_by_code(EMAIL, &app.next_code()).await.unwrap().tokens.unwrap();

    auth.disable(&asking.access_token, PASSWORD).await.unwrap();

    assert_eq!(auth.end_of(&third.session_id).await.as_deref(), Some("mfa-changed"));
    let factors = auth.factors_of(&asking.access_token).await;
    assert_eq!((factors.totp_enabled_at, factors.recovery_codes_left), (None, 0));
    auth.login(EMAIL).await;
    let told: Vec<String> =
        auth.told::<SessionRevoked>().await.into_iter().map(|event| event.session_id).collect();
    assert_eq!(told, [other.session_id, third.session_id]);
    assert_eq!(auth.kinds().await, ["verify-email", "totp-enabled", "totp-disabled"]);
    // What was good before is good for nothing when codes are asked for again.
    let (_, _) = auth.enabled(&asking).await;
    for old in [&app.next_code(), &codes[0]] {
        let refused = auth.login_by_code(EMAIL, old).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-credentials");
    }
}

#[tokio::test]
async fn disabling_what_is_not_enabled_changes_nothing_and_tells_nobody() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let other = auth.login(EMAIL).await;
    auth.enroll(&tokens.access_token, "").await.unwrap();

    auth.disable(&tokens.access_token, PASSWORD).await.unwrap();
    auth.disable(&tokens.access_token, PASSWORD).await.unwrap();

    auth.me(&other.access_token).await.unwrap();
    assert_eq!(auth.kinds().await, ["verify-email"]);
    assert_eq!(conflict(auth.confirm(&tokens.access_token, "123456").await), "totp-not-enrolled");
}

#[tokio::test]
async fn a_password_or_a_session_of_the_last_ten_minutes_is_asked_for() {
    let (auth, tokens, _, _) = guarded().await;
    auth.renew_codes(&tokens.access_token, "").await.unwrap();
    let older = "UPDATE sessions SET created_at = now() - interval '10 minutes' WHERE id = $1";
    sqlx::query(older)
        .bind(crate::support::id(&tokens.session_id))
        .execute(&auth.database.every_row)
        .await
        .unwrap();

    for outcome in guarded_calls(&auth, &tokens.access_token, "").await {
        let refused = outcome.unwrap_err();
        assert_eq!(reason_of(&refused, Code::PermissionDenied), "reauthentication-required");
    }
    for outcome in guarded_calls(&auth, &tokens.access_token, "wrong").await {
        assert_eq!(field_of(&outcome.unwrap_err()), "password");
    }
    auth.renew_codes(&tokens.access_token, PASSWORD).await.unwrap();
    auth.logout(&tokens.refresh_token).await;
    for outcome in guarded_calls(&auth, &tokens.access_token, PASSWORD).await {
        assert_eq!(reason_of(&outcome.unwrap_err(), Code::Unauthenticated), "session-ended");
    }
}

#[tokio::test]
async fn a_stolen_access_token_is_no_way_to_guess_the_password() {
    let (auth, tokens, app, _) = guarded().await;
    for _ in 0..10 {
        auth.renew_codes(&tokens.access_token, "wrong").await.unwrap_err();
    }

    let refused = auth.renew_codes(&tokens.access_token, PASSWORD).await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
    auth.login_by_code(EMAIL, &app.next_code()).await.unwrap();
}

#[tokio::test]
async fn only_a_right_code_confirms_and_five_may_be_wrong() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let enrolled = auth.enroll(&tokens.access_token, PASSWORD).await.unwrap();
    assert_eq!(enrolled.expires_in, 3600);
    assert!(enrolled.otpauth_uri.contains(&enrolled.secret), "{}", enrolled.otpauth_uri);
    let app = App { secret: enrolled.secret };

    for wrong in ["", "x", "\0", &app.wrong_code(), &"1".repeat(1 << 16)] {
        assert_eq!(field_of(&auth.confirm(&tokens.access_token, wrong).await.unwrap_err()), "code");
    }
    let throttled = auth.confirm(&tokens.access_token, &app.code()).await.unwrap_err();

    assert_eq!(reason_of(&throttled, Code::ResourceExhausted), "too-many-attempts");
    auth.login(EMAIL).await;
}

#[tokio::test]
async fn an_enrolment_is_good_for_an_hour_and_takes_the_place_of_the_one_before() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    assert_eq!(conflict(auth.confirm(&tokens.access_token, "123456").await), "totp-not-enrolled");
    let first = App { secret: auth.enroll(&tokens.access_token, "").await.unwrap().secret };
    let second = App { secret: auth.enroll(&tokens.access_token, "").await.unwrap().secret };

    let other = auth.confirm(&tokens.access_token, &first.code()).await.unwrap_err();
    assert_eq!(field_of(&other), "code");
    sqlx::query("UPDATE totp_secrets SET created_at = now() - interval '1 hour'")
        .execute(&auth.database.every_row)
        .await
        .unwrap();
    assert_eq!(conflict(auth.confirm(&tokens.access_token, &second.code()).await), "totp-not-enrolled");
    let (third, _) = auth.enabled(&tokens).await;

    assert_eq!(conflict(auth.enroll(&tokens.access_token, "").await), "totp-already-enabled");
    let again = auth.confirm(&tokens.access_token, &third.next_code()).await;
    assert_eq!(conflict(again), "totp-already-enabled");
}

#[tokio::test]
async fn new_recovery_codes_void_the_others() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    assert_eq!(conflict(auth.renew_codes(&tokens.access_token, PASSWORD).await), "totp-not-enabled");
    let (_, old) = auth.enabled(&tokens).await;

    let new = auth.renew_codes(&tokens.access_token, PASSWORD).await.unwrap();

    assert!(new.iter().all(|code| !old.contains(code)));
    let with = |code: &str| auth.answer_to(LoginRequest { totp: code.to_owned(), ..login_of(EMAIL) });
    with(&old[0]).await.unwrap_err();
    with(&new[0]).await.unwrap();
    assert_eq!(auth.kinds().await[1..], ["totp-enabled", "recovery-codes-renewed", "recovery-code-used"]);
}
