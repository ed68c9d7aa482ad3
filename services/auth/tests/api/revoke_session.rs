//! `RevokeSession`: an own session ends; no other can be touched or even guessed.

use crate::support::{Auth, auth, reason_of};
use journal_proto::auth::v1::{RevokeSessionRequest, SessionRevoked};
use tokio::task::JoinSet;
use tonic::{Code, Status};

async fn revoke(auth: &Auth, access_token: &str, session_id: &str) -> Result<(), Status> {
    let request =
        testing::with_bearer(RevokeSessionRequest { session_id: session_id.to_owned() }, access_token);
    auth.client.clone().revoke_session(request).await.map(|_| ())
}

#[tokio::test]
async fn an_own_session_ends_with_all_its_tokens() {
    let auth = auth().await;
    let asking = auth.signed_in("ada@example.com").await;
    let lost_phone = auth.login("ada@example.com").await;

    revoke(&auth, &asking.access_token, &lost_phone.session_id).await.unwrap();

    let refused = auth.me(&lost_phone.access_token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
    let refused = auth.refresh(&lost_phone.refresh_token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-refresh-token");
    auth.me(&asking.access_token).await.unwrap();
    let told: Vec<SessionRevoked> = auth.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].session_id, told[0].reason.as_str()), (&lost_phone.session_id, "revoked"));
}

#[tokio::test]
async fn the_asking_session_may_end_itself() {
    let auth = auth().await;
    let asking = auth.signed_in("ada@example.com").await;

    revoke(&auth, &asking.access_token, &asking.session_id).await.unwrap();

    let refused = revoke(&auth, &asking.access_token, &asking.session_id).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
}

#[tokio::test]
async fn somebody_elses_session_is_like_one_that_does_not_exist() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    let grace = auth.signed_in("grace@example.com").await;
    let missing = uuid::Uuid::now_v7().to_string();
    let endless = "a".repeat(1 << 20);

    let of_grace = revoke(&auth, &ada.access_token, &grace.session_id).await.unwrap_err();

    assert_eq!(reason_of(&of_grace, Code::NotFound), "not-found");
    for session_id in [&missing, "", "\0", "not an id", &endless] {
        let refused = revoke(&auth, &ada.access_token, session_id).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
        assert_eq!((refused.message(), refused.details()), (of_grace.message(), of_grace.details()));
    }
    auth.me(&grace.access_token).await.unwrap();
    assert_eq!(auth.told::<SessionRevoked>().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_a_session_twenty_times_at_once_ends_it_once() {
    let auth = std::sync::Arc::new(auth().await);
    let asking = auth.signed_in("ada@example.com").await;
    let target = auth.login("ada@example.com").await;
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let (auth, token, target) = (auth.clone(), asking.access_token.clone(), target.session_id.clone());
        calls.spawn(async move { revoke(&auth, &token, &target).await });
    }

    for outcome in calls.join_all().await {
        outcome.unwrap();
    }

    assert_eq!(auth.told::<SessionRevoked>().await.len(), 1);
}
