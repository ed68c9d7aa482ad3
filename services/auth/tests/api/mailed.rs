//! What goes out by mail: addresses are verified and passwords reset once, in time, and by nobody else.

use crate::support::{Auth, Client, PASSWORD, auth, field_of, login_of, reason_of, registration};
use journal_proto::auth::v1::{
    AccountMailRequested, DeleteMeRequest, ForgotPasswordRequest, LoginRequest, ResendVerificationRequest,
    ResetPasswordRequest, ResetPasswordResponse, SessionRevoked, VerifyEmailRequest,
    account_service_client::AccountServiceClient,
};
use tokio::task::JoinSet;
use tonic::{Code, Status};

const NEW: &str = "a wholly different phrase";

impl Auth {
    /// Kinds of the mails that were asked for, oldest first.
    async fn mails(&self) -> Vec<String> {
        self.told::<AccountMailRequested>().await.into_iter().map(|mail| mail.kind).collect()
    }

    /// The newest token of this kind.
    async fn mailed(&self, kind: &str) -> String {
        let mails: Vec<AccountMailRequested> = self.told().await;
        mails.into_iter().rfind(|mail| mail.kind == kind).unwrap().token
    }

    pub async fn verify(&self, token: &str) -> Result<(), Status> {
        let request = VerifyEmailRequest { token: token.to_owned() };
        self.client.clone().verify_email(request).await.map(|_| ())
    }

    async fn forgot(&self, email: &str) {
        let request = ForgotPasswordRequest { email: email.to_owned() };
        self.client.clone().forgot_password(request).await.unwrap();
    }

    async fn resend(&self, email: &str) {
        let request = ResendVerificationRequest { email: email.to_owned() };
        self.client.clone().resend_verification(request).await.unwrap();
    }

    async fn reset(&self, token: &str, password: &str) -> Result<(), Status> {
        reset(self.client.clone(), token.to_owned(), password.to_owned()).await.map(|_| ())
    }

    async fn login_by(&self, email: &str, password: &str) -> Result<(), Status> {
        let request = LoginRequest { password: password.to_owned(), ..login_of(email) };
        self.login_with(request).await.map(|_| ())
    }

    async fn is_verified(&self, email: &str) -> bool {
        sqlx::query_scalar("SELECT email_verified_at IS NOT NULL FROM users WHERE email = $1")
            .bind(email)
            .fetch_one(&self.owner)
            .await
            .unwrap()
    }

    /// As if the database's clock had gone on.
    async fn tokens_age(&self, time: &str) {
        sqlx::query("UPDATE mailed_tokens SET expires_at = expires_at - $1::interval")
            .bind(time)
            .execute(&self.owner)
            .await
            .unwrap();
    }
}

async fn reset(mut client: Client, token: String, password: String) -> Result<ResetPasswordResponse, Status> {
    Ok(client.reset_password(ResetPasswordRequest { token, password }).await?.into_inner())
}

fn refused(outcome: Result<(), Status>) -> String {
    reason_of(&outcome.unwrap_err(), Code::InvalidArgument)
}

#[tokio::test]
async fn who_registers_verifies_the_address_once() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    assert!(!auth.me(&tokens.access_token).await.unwrap().email_verified);
    let token = auth.mailed("verify-email").await;

    auth.verify(&token).await.unwrap();

    assert!(auth.me(&tokens.access_token).await.unwrap().email_verified);
    assert_eq!(refused(auth.verify(&token).await), "invalid-token");
    assert_eq!(auth.mails().await, ["verify-email"]);
}

#[tokio::test]
async fn a_secret_goes_to_the_address_of_the_moment_it_was_asked_for() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.forgot("ada@example.com").await;
    auth.resend("ada@example.com").await;
    let request = DeleteMeRequest { password: PASSWORD.to_owned() };
    let mut account = AccountServiceClient::new(auth.channel.clone());
    account.delete_me(testing::with_bearer(request, &tokens.access_token)).await.unwrap();

    let mails: Vec<AccountMailRequested> = auth.told().await;

    let kinds: Vec<&str> = mails.iter().map(|mail| mail.kind.as_str()).collect();
    assert_eq!(kinds, ["verify-email", "reset-password", "verify-email", "undo-deletion"]);
    assert!(mails.iter().all(|mail| mail.email == "ada@example.com"), "{mails:?}");
}

#[tokio::test]
async fn a_token_is_good_for_its_user_and_its_purpose_alone() {
    let auth = auth().await;
    for email in ["ada@example.com", "grace@example.com"] {
        auth.register(email).await;
    }
    let graces = auth.mailed("verify-email").await;
    auth.forgot("ada@example.com").await;
    let adas_reset = auth.mailed("reset-password").await;

    assert_eq!(refused(auth.verify(&adas_reset).await), "invalid-token");
    assert_eq!(refused(auth.reset(&graces, NEW).await), "invalid-token");
    auth.verify(&graces).await.unwrap();
    auth.reset(&adas_reset, NEW).await.unwrap();

    assert!(auth.is_verified("grace@example.com").await);
    auth.login_by("grace@example.com", PASSWORD).await.unwrap();
    auth.login_by("ada@example.com", NEW).await.unwrap();
}

#[tokio::test]
async fn garbage_is_an_invalid_token() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    for token in ["", "x", "\0", "ä", &"A".repeat(43), &"A".repeat(1 << 20)] {
        assert_eq!(refused(auth.verify(token).await), "invalid-token");
        assert_eq!(refused(auth.reset(token, NEW).await), "invalid-token");
    }
    for email in ["", "ada", "ada\0@example.com"] {
        let mut client = auth.client.clone();
        let forgot = client.forgot_password(ForgotPasswordRequest { email: email.to_owned() }).await;
        let resend = client.resend_verification(ResendVerificationRequest { email: email.to_owned() }).await;
        assert_eq!(field_of(&forgot.unwrap_err()), "email");
        assert_eq!(field_of(&resend.unwrap_err()), "email");
    }

    assert!(!auth.is_verified("ada@example.com").await);
    auth.login("ada@example.com").await;
}

#[tokio::test]
async fn a_token_is_good_for_its_time_on_the_databases_clock() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let verify = auth.mailed("verify-email").await;
    auth.tokens_age("24 hours").await;
    assert_eq!(refused(auth.verify(&verify).await), "invalid-token");
    auth.resend("ada@example.com").await;
    let verify = auth.mailed("verify-email").await;
    auth.tokens_age("23 hours 59 minutes").await;
    auth.verify(&verify).await.unwrap();

    auth.forgot("ada@example.com").await;
    let token = auth.mailed("reset-password").await;
    auth.tokens_age("1 hour").await;
    assert_eq!(refused(auth.reset(&token, NEW).await), "invalid-token");
    auth.forgot("ada@example.com").await;
    let token = auth.mailed("reset-password").await;
    auth.tokens_age("59 minutes").await;
    auth.reset(&token, NEW).await.unwrap();
}

#[tokio::test]
async fn a_new_token_voids_the_one_before() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let first_verify = auth.mailed("verify-email").await;
    auth.resend("ada@example.com").await;
    auth.forgot("ada@example.com").await;
    let first_reset = auth.mailed("reset-password").await;
    auth.forgot("ada@example.com").await;

    assert_eq!(refused(auth.verify(&first_verify).await), "invalid-token");
    assert_eq!(refused(auth.reset(&first_reset, NEW).await), "invalid-token");
    auth.verify(&auth.mailed("verify-email").await).await.unwrap();
    auth.reset(&auth.mailed("reset-password").await, NEW).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_uses_of_one_token_at_once_one_succeeds() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.forgot("ada@example.com").await;
    let (_running, other) = auth.another_instance().await;
    let clients = [auth.client.clone(), other];
    let verify = auth.mailed("verify-email").await;
    let token = auth.mailed("reset-password").await;
    let (mut verifying, mut resetting) = (JoinSet::new(), JoinSet::new());
    for n in 0..50 {
        let mut client = clients[n % 2].clone();
        let request = VerifyEmailRequest { token: verify.clone() };
        verifying.spawn(async move { client.verify_email(request).await.map(|_| ()) });
        resetting.spawn(reset(clients[n % 2].clone(), token.clone(), format!("{NEW} {n}")));
    }

    let verified = verifying.join_all().await;
    let set = resetting.join_all().await;

    assert_eq!(verified.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(set.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let versions: Vec<i32> =
        sqlx::query_scalar("SELECT password_version FROM users").fetch_all(&auth.owner).await.unwrap();
    assert_eq!(versions, [1]);
    let told = auth.mails().await;
    assert_eq!(told.iter().filter(|kind| *kind == "password-changed").count(), 1);
}

#[tokio::test]
async fn a_reset_ends_every_session_forgets_every_device_and_tells_the_user() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let first = auth.answer_to(login_of("ada@example.com")).await.unwrap();
    let sessions = [first.tokens.unwrap(), auth.login("ada@example.com").await];
    let grace = auth.signed_in("grace@example.com").await;
    auth.forgot("ada@example.com").await;

    auth.reset(&auth.mailed("reset-password").await, NEW).await.unwrap();

    for session in &sessions {
        assert_eq!(auth.end_of(&session.session_id).await.as_deref(), Some("password-changed"));
        auth.refresh(&session.refresh_token).await.unwrap_err();
        auth.me(&session.access_token).await.unwrap_err();
    }
    auth.me(&grace.access_token).await.unwrap();
    let mut told: Vec<String> =
        auth.told::<SessionRevoked>().await.into_iter().map(|event| event.session_id).collect();
    told.sort();
    let mut ended: Vec<String> = sessions.iter().map(|session| session.session_id.clone()).collect();
    ended.sort();
    assert_eq!(told, ended);
    assert_eq!(auth.mails().await.last().unwrap(), "password-changed");
    let devices: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM trusted_devices JOIN users ON users.id = user_id WHERE email = 'ada@example.com'",
    )
    .fetch_one(&auth.owner)
    .await
    .unwrap();
    // The one on which the password was reset.
    assert_eq!(devices, 1);
    // The mail proved whose address it is, too.
    assert!(auth.is_verified("ada@example.com").await);
    auth.login_by("ada@example.com", PASSWORD).await.unwrap_err();
    auth.login_by("ada@example.com", NEW).await.unwrap();
}

#[tokio::test]
async fn strangers_keep_nobody_from_signing_in_after_a_reset() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    for _ in 0..10 {
        let refused = auth.login_by("ada@example.com", "wrong").await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-credentials");
    }
    auth.forgot("ada@example.com").await;
    let token = auth.mailed("reset-password").await;

    let device_token = reset(auth.client.clone(), token, NEW.to_owned()).await.unwrap().device_token;

    let elsewhere = auth.login_by("ada@example.com", NEW).await.unwrap_err();
    assert_eq!(reason_of(&elsewhere, Code::ResourceExhausted), "too-many-attempts");
    let here = LoginRequest { password: NEW.to_owned(), device_token, ..login_of("ada@example.com") };
    auth.login_with(here).await.unwrap();
}

#[tokio::test]
async fn a_refused_password_does_not_use_the_token_up() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.forgot("ada@example.com").await;
    let token = auth.mailed("reset-password").await;

    for password in ["", "short", "passwordpassword", "ada@example.com", &"x".repeat(1 << 20)] {
        assert_eq!(field_of(&auth.reset(&token, password).await.unwrap_err()), "password");
    }
    auth.login("ada@example.com").await;

    auth.reset(&token, NEW).await.unwrap();
}

#[tokio::test]
async fn nobody_learns_who_is_registered() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.verify(&auth.mailed("verify-email").await).await.unwrap();
    let mut client = auth.client.clone();
    let mut answers = Vec::new();

    for email in ["ada@example.com", "nobody@example.com"] {
        let forgot = client.forgot_password(ForgotPasswordRequest { email: email.to_owned() }).await.unwrap();
        let again = ResendVerificationRequest { email: email.to_owned() };
        let resend = client.resend_verification(again).await.unwrap();
        let keys = |metadata: &tonic::metadata::MetadataMap| -> Vec<String> {
            metadata.keys().map(|key| format!("{key:?}")).collect()
        };
        answers.push((keys(forgot.metadata()), keys(resend.metadata())));
    }
    client.register(registration("ada@example.com")).await.unwrap();

    assert_eq!(answers[0], answers[1]);
    assert_eq!(auth.mails().await, ["verify-email", "reset-password", "already-registered"]);
}

#[tokio::test]
async fn no_more_than_five_mails_of_a_kind_an_hour_go_to_one_address() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    for _ in 0..8 {
        auth.forgot("ada@example.com").await;
        auth.client.clone().register(registration("ada@example.com")).await.unwrap();
    }

    let mails = auth.mails().await;

    let count = |wanted: &str| mails.iter().filter(|kind| *kind == wanted).count();
    assert_eq!((count("reset-password"), count("already-registered")), (5, 5));
    // The fifth is good: a stranger who asked for the others keeps nobody from it.
    auth.reset(&auth.mailed("reset-password").await, NEW).await.unwrap();
}

#[tokio::test]
async fn where_it_is_asked_for_nobody_signs_in_with_an_address_that_is_not_verified() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let (_running, strict) = auth.strict_instance().await;
    let login = |password: &str| {
        let (mut client, request) =
            (strict.clone(), LoginRequest { password: password.to_owned(), ..login_of("ada@example.com") });
        async move { client.login(request).await.map(|_| ()) }
    };

    // Only who knows the password is told.
    let wrong = login("another password, as long").await.unwrap_err();
    let right = login(PASSWORD).await.unwrap_err();
    assert_eq!(reason_of(&wrong, Code::Unauthenticated), "invalid-credentials");
    assert_eq!(reason_of(&right, Code::PermissionDenied), "email-not-verified");
    auth.verify(&auth.mailed("verify-email").await).await.unwrap();

    login(PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_session_with_the_old_password_outlives_a_reset() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.forgot("ada@example.com").await;
    let token = auth.mailed("reset-password").await;
    let mut calls = JoinSet::new();
    for _ in 0..8 {
        let mut client = auth.client.clone();
        calls.spawn(async move { client.login(login_of("ada@example.com")).await.is_ok() });
    }

    auth.reset(&token, NEW).await.unwrap();
    calls.join_all().await;

    let live: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions WHERE revoked_at IS NULL")
        .fetch_one(&auth.owner)
        .await
        .unwrap();
    assert_eq!(live, 0);
}
