//! Calls that meet at several rows: each ends well, as all come to them in one order.

use crate::support::{Auth, PASSWORD, auth, id, login_of};
use journal_proto::auth::v1::{
    AcceptInvitationRequest, AccountMailRequested, DeleteMeRequest, DeletePasskeyRequest,
    InviteMentorRequest, LeaveMentoredRequest, account_service_client::AccountServiceClient,
    mentor_service_client::MentorServiceClient, passkey_service_client::PasskeyServiceClient,
};
use testing::with_bearer;
use tokio::task::JoinSet;

const EMAIL: &str = "ada@example.com";

async fn delete(auth: &Auth, token: &str) {
    let request = with_bearer(DeleteMeRequest { password: PASSWORD.to_owned() }, token);
    AccountServiceClient::new(auth.channel.clone()).delete_me(request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_at_once_to_an_account_that_was_to_be_deleted_all_end_well() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    delete(&auth, &tokens.access_token).await;
    let held = auth.hold(EMAIL).await;
    let mut calls = JoinSet::new();
    for _ in 0..4 {
        let mut client = auth.client.clone();
        calls.spawn(async move { client.login(login_of(EMAIL)).await.map(drop) });
    }
    auth.waiting(4).await;

    held.commit().await.unwrap();

    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    let due: Option<time::OffsetDateTime> =
        sqlx::query_scalar("SELECT deletion_due_at FROM users").fetch_one(&auth.owner).await.unwrap();
    assert_eq!(due, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_signs_in_while_it_is_deleted_ends_both_calls_well() {
    let auth = auth().await;
    let tokens = auth.signed_in(EMAIL).await;
    let (mut authenticator, passkey) = auth.passkey(&tokens.access_token).await;
    let request = auth.login_request(&mut authenticator).await;
    let mut held = auth.owner.begin().await.unwrap();
    sqlx::query("SELECT FROM passkeys FOR UPDATE").execute(&mut *held).await.unwrap();
    let mut signing_in = PasskeyServiceClient::new(auth.channel.clone());
    let mut deleting = signing_in.clone();
    let signing_in = tokio::spawn(async move { signing_in.finish_login(request).await.map(drop) });
    auth.waiting(1).await;
    let request = with_bearer(DeletePasskeyRequest { passkey_id: passkey.id }, &tokens.access_token);
    let deleting = tokio::spawn(async move { deleting.delete_passkey(request).await.map(drop) });
    auth.waiting(2).await;

    held.commit().await.unwrap();

    signing_in.await.unwrap().unwrap();
    deleting.await.unwrap().unwrap();
    let live: Vec<String> = sqlx::query_scalar("SELECT id::text FROM sessions WHERE revoked_at IS NULL")
        .fetch_all(&auth.owner)
        .await
        .unwrap();
    assert_eq!(live, [tokens.session_id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mentor_who_leaves_while_the_owner_does_ends_both_calls_well() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in(EMAIL).await, auth.signed_in("grace@example.com").await);
    let mut mentors = MentorServiceClient::new(auth.channel.clone());
    let invite = InviteMentorRequest { email: "grace@example.com".to_owned() };
    let invited = mentors.invite_mentor(with_bearer(invite, &ada.access_token)).await.unwrap().into_inner();
    let mails: Vec<AccountMailRequested> = auth.told().await;
    let token = mails.into_iter().rfind(|mail| mail.kind == "mentor-invitation").unwrap().token;
    let accept = with_bearer(AcceptInvitationRequest { token }, &grace.access_token);
    mentors.accept_invitation(accept).await.unwrap();
    let mut held = auth.owner.begin().await.unwrap();
    sqlx::query("SELECT FROM mentors WHERE id = $1 FOR UPDATE")
        .bind(id(&invited.id))
        .execute(&mut *held)
        .await
        .unwrap();
    let request = with_bearer(LeaveMentoredRequest { mentored_id: invited.id }, &grace.access_token);
    let leaving = tokio::spawn(async move { mentors.leave_mentored(request).await.map(drop) });
    auth.waiting(1).await;
    let mut account = AccountServiceClient::new(auth.channel.clone());
    let request = with_bearer(DeleteMeRequest { password: PASSWORD.to_owned() }, &ada.access_token);
    let deleting = tokio::spawn(async move { account.delete_me(request).await.map(drop) });
    auth.waiting(2).await;

    held.commit().await.unwrap();

    leaving.await.unwrap().unwrap();
    deleting.await.unwrap().unwrap();
}
