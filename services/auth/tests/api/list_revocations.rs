//! `ListRevocations`: whoever polls it hears of every ended session.

use crate::support::{Auth, auth, field_of, id};
use journal_proto::{
    Timestamp,
    auth::v1::{ListRevocationsRequest, ListRevocationsResponse},
};
use std::collections::HashSet;

async fn list(auth: &Auth, since: Option<Timestamp>) -> ListRevocationsResponse {
    auth.client.clone().list_revocations(ListRevocationsRequest { since }).await.unwrap().into_inner()
}

fn sessions(answer: &ListRevocationsResponse) -> Vec<&str> {
    answer.revocations.iter().map(|revocation| revocation.session_id.as_str()).collect()
}

#[tokio::test]
async fn ended_sessions_are_listed_to_whoever_asks() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = auth.me(&tokens.access_token).await.unwrap();
    assert_eq!(sessions(&list(&auth, None).await), Vec::<&str>::new());

    auth.logout(&tokens.refresh_token).await;

    let answer = list(&auth, None).await;
    assert_eq!(sessions(&answer), [&tokens.session_id]);
    assert_eq!(answer.revocations[0].user_id, user.id);
    assert!(answer.revocations[0].revoked_at.is_some());
}

#[tokio::test]
async fn only_the_last_ten_minutes_are_listed_unless_more_is_asked_for() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.logout(&tokens.refresh_token).await;
    let earlier = "UPDATE sessions SET revoked_at = now() - interval '11 minutes' WHERE id = $1";
    auth.arrange(earlier, &tokens.session_id).await;

    assert_eq!(sessions(&list(&auth, None).await), Vec::<&str>::new());
    let epoch = Timestamp { seconds: 0, nanos: 0 };
    assert_eq!(sessions(&list(&auth, Some(epoch)).await), [&tokens.session_id]);
}

#[tokio::test]
async fn polling_with_next_since_hears_of_a_revocation_that_commits_late() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let mut late = auth.owner.begin().await.unwrap();
    sqlx::query("UPDATE sessions SET revoked_at = clock_timestamp(), revoke_reason = 'logout' WHERE id = $1")
        .bind(id(&tokens.session_id))
        .execute(&mut *late)
        .await
        .unwrap();

    let before = list(&auth, None).await;
    late.commit().await.unwrap();
    let after = list(&auth, before.next_since).await;

    assert_eq!(sessions(&before), Vec::<&str>::new());
    assert_eq!(sessions(&after), [&tokens.session_id]);
}

#[tokio::test]
async fn what_is_long_over_is_not_repeated() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.logout(&tokens.refresh_token).await;
    let earlier = "UPDATE sessions SET revoked_at = now() - interval '1 minute' WHERE id = $1";
    auth.arrange(earlier, &tokens.session_id).await;

    let first = list(&auth, None).await;
    let second = list(&auth, first.next_since).await;

    assert_eq!(sessions(&first), [&tokens.session_id]);
    assert_eq!(sessions(&second), Vec::<&str>::new());
}

#[tokio::test]
async fn a_mass_of_revocations_is_heard_of_page_by_page() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let mass = "INSERT INTO sessions (user_id, id, device_name, ip_address, expires_at, revoked_at, revoke_reason)
         SELECT user_id, gen_random_uuid(), '', '', expires_at, now() - interval '1 minute' + n * interval '1 ms', 'revoked'
         FROM sessions, generate_series(1, 10050) AS n WHERE id = $1";
    auth.arrange(mass, &tokens.session_id).await;

    let first = list(&auth, None).await;
    let second = list(&auth, first.next_since).await;

    assert_eq!(first.revocations.len(), 10_000);
    let all: HashSet<&str> = sessions(&first).into_iter().chain(sessions(&second)).collect();
    assert_eq!(all.len(), 10_050);
    assert_eq!(sessions(&list(&auth, second.next_since).await), Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_no_time_is_refused_by_field() {
    let auth = auth().await;

    for since in [Timestamp { seconds: 0, nanos: -1 }, Timestamp { seconds: i64::MAX, nanos: 0 }] {
        let request = ListRevocationsRequest { since: Some(since) };
        let refused = auth.client.clone().list_revocations(request).await.unwrap_err();
        assert_eq!(field_of(&refused), "since");
    }
    let ancient = Timestamp { seconds: i64::MIN, nanos: 0 };
    assert_eq!(sessions(&list(&auth, Some(ancient)).await), Vec::<&str>::new());
}
