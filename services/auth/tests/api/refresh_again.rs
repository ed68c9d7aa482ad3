//! A token that comes again: the same successor for the device that just used it, the end of the session for everything else.

use crate::support::{Auth, auth, id, reason_of, refresh, refresh_by, rounds};
use journal_proto::auth::v1::{AccountMailRequested, RefreshRequest, SessionRevoked, Tokens};
use std::collections::HashSet;
use tokio::task::JoinSet;
use tonic::Code;

const CALLERS: usize = 50;

async fn refusal(auth: &Auth, token: &str) -> String {
    reason_of(&auth.refresh(token).await.unwrap_err(), Code::Unauthenticated)
}

/// As if so many seconds had gone by since any token of the session was used.
async fn pass_seconds(auth: &Auth, session_id: &str, seconds: f64) {
    let moved = "UPDATE refresh_tokens SET consumed_at = consumed_at - make_interval(secs => $2) WHERE session_id = $1";
    sqlx::query(moved).bind(id(session_id)).bind(seconds).execute(&auth.owner).await.unwrap();
}

/// A new session and what it got by so many refreshes, oldest first.
async fn generations(auth: &Auth, refreshes: usize) -> Vec<Tokens> {
    let mut generations = vec![auth.login("ada@example.com").await];
    for _ in 0..refreshes {
        let next = auth.refresh(&generations.last().unwrap().refresh_token).await.unwrap();
        generations.push(next);
    }
    generations
}

/// Tokens that the session ever had.
async fn stored(auth: &Auth, session_id: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM refresh_tokens WHERE session_id = $1")
        .bind(id(session_id))
        .fetch_one(&auth.owner)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_refreshes_of_one_token_get_one_and_the_same_successor() {
    let auth = auth().await;
    let (_running, other) = auth.another_instance().await;
    auth.register("ada@example.com").await;

    for round in 0..rounds(10, 1_000) {
        let tokens = auth.login("ada@example.com").await;
        let mut calls = JoinSet::new();
        for n in 0..CALLERS {
            let client = if n % 2 == 0 { auth.client.clone() } else { other.clone() };
            let token = tokens.refresh_token.clone();
            calls.spawn(async move { refresh(&client, &token).await.map(|answer| answer.tokens.unwrap()) });
        }
        let answers: Vec<Tokens> = calls.join_all().await.into_iter().map(Result::unwrap).collect();

        let successors: HashSet<&str> = answers.iter().map(|answer| answer.refresh_token.as_str()).collect();
        assert_eq!(successors.len(), 1, "round {round}");
        assert_ne!(answers[0].refresh_token, tokens.refresh_token);
        assert_eq!(stored(&auth, &tokens.session_id).await, 2, "round {round}");
        assert_eq!(auth.usable_tokens(&tokens.session_id).await, 1, "round {round}");
        auth.refresh(&answers[0].refresh_token).await.unwrap();
    }
    assert_eq!(auth.told::<SessionRevoked>().await.len(), 0);
}

#[tokio::test]
async fn a_lost_answer_is_given_again_for_ten_seconds_and_never_after() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let first = auth.refresh(&tokens.refresh_token).await.unwrap();

    pass_seconds(&auth, &tokens.session_id, 8.0).await;
    let again = auth.refresh(&tokens.refresh_token).await.unwrap();
    assert_eq!(again.refresh_token, first.refresh_token);
    auth.me(&again.access_token).await.unwrap();

    pass_seconds(&auth, &tokens.session_id, 2.0).await;
    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "refresh-token-reused");
    assert_eq!(auth.end_of(&tokens.session_id).await.as_deref(), Some("refresh-token-reuse"));
    assert_eq!(refusal(&auth, &first.refresh_token).await, "invalid-refresh-token");
}

#[tokio::test]
async fn another_device_with_the_token_ends_the_session_at_once() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.refresh(&tokens.refresh_token).await.unwrap();

    let refused = refresh_by(&auth.client, &tokens.refresh_token, "curl").await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::Unauthenticated), "refresh-token-reused");
    assert_eq!(auth.usable_tokens(&tokens.session_id).await, 0);
}

#[tokio::test]
async fn a_program_of_the_same_name_without_the_devices_token_is_another_device() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let signed_in = auth.answer_to(crate::support::login_of("ada@example.com")).await.unwrap();
    let tokens = signed_in.tokens.unwrap();
    let of_owner = RefreshRequest {
        refresh_token: tokens.refresh_token.clone(),
        user_agent: "Firefox".to_owned(),
        device_token: signed_in.device_token,
    };
    let first = auth.client.clone().refresh(of_owner.clone()).await.unwrap().into_inner();
    let updated = RefreshRequest { user_agent: "Firefox, a version later".to_owned(), ..of_owner };
    let again = auth.client.clone().refresh(updated).await.unwrap().into_inner();
    assert_eq!(again.tokens.unwrap().refresh_token, first.tokens.unwrap().refresh_token);

    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "refresh-token-reused");
}

#[tokio::test]
async fn any_generation_before_the_last_ends_that_session_and_no_other() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let bystander = auth.login("ada@example.com").await;

    // Five rotations take far less than the ten seconds.
    for generation in 0..4 {
        let generations = generations(&auth, 5).await;
        let (newest, session) = (generations.last().unwrap(), &generations[0].session_id);
        let again = auth.refresh(&generations[4].refresh_token).await.unwrap();
        assert_eq!(again.refresh_token, newest.refresh_token);

        assert_eq!(refusal(&auth, &generations[generation].refresh_token).await, "refresh-token-reused");

        for older in &generations[..4] {
            assert_eq!(refusal(&auth, &older.refresh_token).await, "refresh-token-reused");
        }
        assert_eq!(refusal(&auth, &newest.refresh_token).await, "invalid-refresh-token");
        let refused = auth.me(&newest.access_token).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
        let told: Vec<SessionRevoked> = auth.told().await;
        assert_eq!(told.len(), generation + 1);
        let (ended, reason) = (&told[generation].session_id, told[generation].reason.as_str());
        assert_eq!((ended, reason), (session, "refresh-token-reuse"));
        assert_eq!(told[generation].device_name, "Firefox on Linux");
        assert!(told[generation].revoked_at.is_some());
    }

    auth.me(&bystander.access_token).await.unwrap();
    auth.refresh(&bystander.refresh_token).await.unwrap();
}

#[tokio::test]
async fn the_user_is_mailed_once_that_a_session_may_have_been_stolen() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let generations = generations(&auth, 2).await;
    let user = auth.me(&generations[2].access_token).await.unwrap();

    for _ in 0..3 {
        assert_eq!(refusal(&auth, &generations[0].refresh_token).await, "refresh-token-reused");
    }

    let mails: Vec<AccountMailRequested> = auth.told().await;
    let about: Vec<_> = mails.iter().filter(|mail| mail.kind == "refresh-token-reused").collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].user_id, user.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theft_ends_the_session_even_while_its_newest_token_is_being_refreshed() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    for round in 0..rounds(20, 200) {
        let stolen = auth.login("ada@example.com").await;
        let newest = auth.refresh(&stolen.refresh_token).await.unwrap();
        let mut calls = JoinSet::new();
        for n in 0..5 {
            let client = auth.client.clone();
            let (token, program) = match n {
                2 => (newest.refresh_token.clone(), "Firefox"),
                _ => (stolen.refresh_token.clone(), "curl"),
            };
            calls.spawn(async move { refresh_by(&client, &token, program).await });
        }
        let won: Vec<_> = calls.join_all().await.into_iter().filter_map(Result::ok).collect();

        assert!(won.len() <= 1, "round {round}");
        assert_eq!(auth.usable_tokens(&stolen.session_id).await, 0, "round {round}");
        assert_eq!(auth.end_of(&stolen.session_id).await.as_deref(), Some("refresh-token-reuse"));
    }
}

#[tokio::test]
async fn nothing_is_given_again_of_a_session_that_ended() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let next = auth.refresh(&tokens.refresh_token).await.unwrap();
    auth.logout(&next.refresh_token).await;

    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "invalid-refresh-token");

    assert_eq!(auth.end_of(&tokens.session_id).await.as_deref(), Some("logout"));
}
