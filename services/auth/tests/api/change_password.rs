//! `ChangePassword`: by the old one, counted like a sign-in.

use crate::support::{Auth, PASSWORD, auth, field_of, login_of, reason_of};
use journal_proto::auth::v1::{AccountMailRequested, ChangePasswordRequest, LoginRequest};
use tokio::task::JoinSet;
use tonic::{Code, Status};

const NEW: &str = "a wholly different phrase";

impl Auth {
    async fn change(&self, access_token: &str, current: &str, new: &str) -> Result<(), Status> {
        let request =
            ChangePasswordRequest { current_password: current.to_owned(), new_password: new.to_owned() };
        let request = testing::with_bearer(request, access_token);
        self.client.clone().change_password(request).await.map(|_| ())
    }
}

#[tokio::test]
async fn the_new_password_is_the_only_one_and_the_other_sessions_end() {
    let auth = auth().await;
    let asking = auth.signed_in("ada@example.com").await;
    let other = auth.login("ada@example.com").await;
    let grace = auth.signed_in("grace@example.com").await;

    auth.change(&asking.access_token, PASSWORD, NEW).await.unwrap();

    auth.me(&asking.access_token).await.unwrap();
    auth.refresh(&asking.refresh_token).await.unwrap();
    auth.me(&grace.access_token).await.unwrap();
    assert_eq!(auth.end_of(&other.session_id).await.as_deref(), Some("password-changed"));
    let old = auth.login_with(login_of("ada@example.com")).await.unwrap_err();
    assert_eq!(reason_of(&old, Code::Unauthenticated), "invalid-credentials");
    let new = LoginRequest { password: NEW.to_owned(), ..login_of("ada@example.com") };
    auth.login_with(new).await.unwrap();
    let mails: Vec<AccountMailRequested> = auth.told().await;
    assert_eq!(mails.last().unwrap().kind, "password-changed");
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_by_field_and_changes_nothing() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let huge = "x".repeat(1 << 20);

    for (current, new, field) in [
        ("wrong", NEW, "current_password"),
        ("", NEW, "current_password"),
        (&huge, NEW, "current_password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "passwordpassword", "new_password"),
        (PASSWORD, "ada@example.com", "new_password"),
        (PASSWORD, &huge, "new_password"),
    ] {
        let refused = auth.change(&tokens.access_token, current, new).await.unwrap_err();
        assert_eq!(field_of(&refused), field);
    }

    auth.login("ada@example.com").await;
}

#[tokio::test]
async fn an_ended_session_changes_nothing() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.logout(&tokens.refresh_token).await;

    let refused = auth.change(&tokens.access_token, PASSWORD, NEW).await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
}

#[tokio::test]
async fn a_stolen_access_token_has_ten_guesses_and_uses_up_no_sign_in() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    for _ in 0..10 {
        let refused = auth.change(&tokens.access_token, "wrong", NEW).await.unwrap_err();
        assert_eq!(field_of(&refused), "current_password");
    }

    let refused = auth.change(&tokens.access_token, PASSWORD, NEW).await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
    auth.login("ada@example.com").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_changes_at_once_one_counts() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let mut calls = JoinSet::new();
    for n in 0..8 {
        let (mut client, new_password) = (auth.client.clone(), format!("{NEW} {n}"));
        let request = ChangePasswordRequest { current_password: PASSWORD.to_owned(), new_password };
        let request = testing::with_bearer(request, &tokens.access_token);
        calls.spawn(async move { client.change_password(request).await.is_ok() });
    }

    let changed = calls.join_all().await.into_iter().filter(|changed| *changed).count();

    assert_eq!(changed, 1);
}
