//! Mentors where the service is called itself: who accepts, who reads, and who ends it.

use crate::support::{Auth, PASSWORD, auth, field_of, id, reason_of, start_instance};
use identity::{Scope, SessionId};
use journal_proto::auth::v1::{
    AcceptInvitationRequest, AccountMailRequested, DeleteMeRequest, EndMentorRequest, InviteMentorRequest,
    LeaveMentoredRequest, ListMentorsRequest, Mentor, Mentored, ReadAsRequest, SessionRevoked, UserDeleted,
    account_service_client::AccountServiceClient, mentor_service_client::MentorServiceClient,
};
use runtime::{Clock, grpc::Link};
use std::time::Duration;
use testing::with_bearer;
use tokio::task::JoinSet;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

impl Auth {
    fn mentors(&self) -> MentorServiceClient<Link> {
        MentorServiceClient::new(self.channel.clone())
    }

    async fn invite(&self, owner: &str, email: &str) -> Result<Mentor, Status> {
        let request = InviteMentorRequest { email: email.to_owned() };
        Ok(self.mentors().invite_mentor(with_bearer(request, owner)).await?.into_inner())
    }

    async fn accept(&self, mentor: &str, token: &str) -> Result<Mentored, Status> {
        let request = AcceptInvitationRequest { token: token.to_owned() };
        Ok(self.mentors().accept_invitation(with_bearer(request, mentor)).await?.into_inner())
    }

    async fn read_as(&self, mentor: &str, owner_id: &str) -> Result<String, Status> {
        let request = ReadAsRequest { owner_id: owner_id.to_owned() };
        Ok(self.mentors().read_as(with_bearer(request, mentor)).await?.into_inner().access_token)
    }

    async fn invitation(&self) -> AccountMailRequested {
        let mails: Vec<AccountMailRequested> = self.told().await;
        mails.into_iter().rfind(|mail| mail.kind == "mentor-invitation").unwrap()
    }
}

#[tokio::test]
async fn who_accepted_is_given_tokens_that_read_until_either_side_ends_it() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in("ada@example.com").await, auth.signed_in("grace@example.com").await);
    let (owner, mentor) =
        (auth.me(&ada.access_token).await.unwrap().id, auth.me(&grace.access_token).await.unwrap().id);
    for end_by_owner in [true, false] {
        let invited = auth.invite(&ada.access_token, "Mentor@Example.com").await.unwrap();
        let mail = auth.invitation().await;
        assert_eq!((mail.email.as_str(), mail.detail.as_str()), ("mentor@example.com", "ada@example.com"));
        let missing = auth.read_as(&grace.access_token, &owner).await.unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
        let accepted = auth.accept(&grace.access_token, &mail.token).await.unwrap();
        assert_eq!((&accepted.id, &accepted.owner_id), (&invited.id, &owner));
        let told: AccountMailRequested = auth.told().await.pop().unwrap();
        assert_eq!((told.kind.as_str(), told.detail.as_str()), ("mentor-accepted", "grace@example.com"));
        assert_eq!(told.user_id, owner);

        let token = auth.read_as(&grace.access_token, &owner).await.unwrap();

        let issuer = identity::Issuer::from_pem(&auth.pem, Clock::system()).unwrap();
        let caller =
            identity::Verifier::of_issuer(&issuer, Clock::system()).unwrap().verify(&token).await.unwrap();
        assert_eq!((caller.user_id.to_string(), caller.scope), (owner.clone(), Some(Scope::Read)));
        assert_eq!(caller.actor.map(|actor| actor.to_string()), Some(mentor.clone()));
        assert_eq!(caller.session_id, SessionId(id(&invited.id)));
        let nested = auth.read_as(&token, &owner).await.unwrap_err();
        assert_eq!(nested.code(), Code::PermissionDenied);
        if end_by_owner {
            let request = EndMentorRequest { mentor_id: invited.id.clone() };
            auth.mentors().end_mentor(with_bearer(request, &ada.access_token)).await.unwrap();
        } else {
            let request = LeaveMentoredRequest { mentored_id: invited.id.clone() };
            auth.mentors().leave_mentored(with_bearer(request, &grace.access_token)).await.unwrap();
        }
        let ended: Vec<SessionRevoked> = auth.told().await;
        assert_eq!(ended.last().unwrap().session_id, invited.id);
        assert_eq!(auth.read_as(&grace.access_token, &owner).await.unwrap_err().code(), Code::NotFound);
    }
    assert!(auth.logged(&mentor).await.contains(&"mentoring-ended".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_accept_one_invitation_one_is_the_mentor() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    auth.invite(&ada.access_token, "mentor@example.com").await.unwrap();
    let token = auth.invitation().await.token;
    let own = auth.accept(&ada.access_token, &token).await.unwrap_err();
    assert_eq!(reason_of(&own, Code::InvalidArgument), "invalid-token");
    let mut calls = JoinSet::new();
    for n in 0..6 {
        let access = auth.signed_in(&format!("user{n}@example.com")).await.access_token;
        let (mut client, token) = (auth.mentors(), token.clone());
        calls.spawn(async move {
            client.accept_invitation(with_bearer(AcceptInvitationRequest { token }, &access)).await.is_ok()
        });
    }

    let accepted = calls.join_all().await.into_iter().filter(|accepted| *accepted).count();

    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn nobody_sends_more_than_twenty_invitations_an_hour() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in("ada@example.com").await, auth.signed_in("grace@example.com").await);
    for n in 0..20 {
        let invited = auth.invite(&ada.access_token, &format!("mentor{n}@example.com")).await.unwrap();
        let request = EndMentorRequest { mentor_id: invited.id };
        auth.mentors().end_mentor(with_bearer(request, &ada.access_token)).await.unwrap();
    }

    let refused = auth.invite(&ada.access_token, "mentor20@example.com").await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
    let wait = refused.get_details_retry_info().unwrap().retry_delay;
    assert_eq!(wait, Some(Duration::from_hours(1)));
    auth.invite(&grace.access_token, "mentor20@example.com").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acceptance_outlives_that_the_mentor_is_disabled() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in("ada@example.com").await, auth.signed_in("grace@example.com").await);
    auth.invite(&ada.access_token, "grace@example.com").await.unwrap();
    let (mut client, token) = (auth.mentors(), auth.invitation().await.token);
    let request = with_bearer(AcceptInvitationRequest { token }, &grace.access_token);
    let mut held = auth.hold("grace@example.com").await;
    let accepting = tokio::spawn(async move { client.accept_invitation(request).await });
    auth.waiting(1).await;

    sqlx::query("UPDATE users SET disabled_at = now() WHERE email = 'grace@example.com'")
        .execute(&mut *held)
        .await
        .unwrap();
    held.commit().await.unwrap();

    let refused = accepting.await.unwrap().unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
    let accepted: i64 = sqlx::query_scalar("SELECT count(*) FROM mentors WHERE mentor_id IS NOT NULL")
        .fetch_one(&auth.owner)
        .await
        .unwrap();
    assert_eq!(accepted, 0);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_and_strangers_find_nothing() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in("ada@example.com").await, auth.signed_in("grace@example.com").await);
    for email in ["", "nobody", "ada@example.com"] {
        assert_eq!(field_of(&auth.invite(&ada.access_token, email).await.unwrap_err()), "email");
    }
    let invited = auth.invite(&ada.access_token, "mentor@example.com").await.unwrap();
    for mentor_id in [invited.id.clone(), "nothing".to_owned()] {
        let request = with_bearer(EndMentorRequest { mentor_id: mentor_id.clone() }, &grace.access_token);
        assert_eq!(auth.mentors().end_mentor(request).await.unwrap_err().code(), Code::NotFound);
        let request = with_bearer(LeaveMentoredRequest { mentored_id: mentor_id }, &grace.access_token);
        assert_eq!(auth.mentors().leave_mentored(request).await.unwrap_err().code(), Code::NotFound);
    }
    for token in
        ["", "garbage", "00000000000000000000000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let refused = auth.accept(&grace.access_token, token).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::InvalidArgument), "invalid-token");
    }
    for n in 1..10 {
        auth.invite(&ada.access_token, &format!("mentor{n}@example.com")).await.unwrap();
    }
    let eleventh = auth.invite(&ada.access_token, "mentor10@example.com").await.unwrap_err();
    assert_eq!(reason_of(&eleventh, Code::FailedPrecondition), "too-many-mentors");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_mentor_who_is_deleted_nothing_is_left_with_the_owner() {
    let auth = auth().await;
    let (ada, grace) = (auth.signed_in("ada@example.com").await, auth.signed_in("grace@example.com").await);
    let mentor = auth.me(&grace.access_token).await.unwrap().id;
    auth.invite(&ada.access_token, "mentor@example.com").await.unwrap();
    auth.accept(&grace.access_token, &auth.invitation().await.token).await.unwrap();
    let request = with_bearer(DeleteMeRequest { password: PASSWORD.to_owned() }, &grace.access_token);
    AccountServiceClient::new(auth.channel.clone()).delete_me(request).await.unwrap();
    let over = "UPDATE users SET deletion_due_at = now() WHERE deletion_due_at IS NOT NULL";
    sqlx::query(over).execute(&auth.database.every_row).await.unwrap();

    let (_running, _) = start_instance(&auth.database, &auth.pem, Duration::from_millis(200)).await;

    testing::eventually("the mentor to be gone", async || {
        (auth.told::<UserDeleted>().await == [UserDeleted { user_id: mentor.clone() }]).then_some(())
    })
    .await;
    let left = auth.mentors().list_mentors(with_bearer(ListMentorsRequest {}, &ada.access_token)).await;
    assert_eq!(left.unwrap().into_inner().mentors.len(), 0);
}
