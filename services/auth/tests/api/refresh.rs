//! Refresh: one token, one successor; a second use ends the session.

use crate::support::{Auth, auth, id, reason_of, refresh};
use journal_proto::auth::v1::SessionRevoked;
use tokio::task::JoinSet;
use tonic::Code;

const ROUNDS: usize = 10;
const CALLERS: usize = 50;

async fn refusal(auth: &Auth, token: &str) -> String {
    reason_of(&auth.refresh(token).await.unwrap_err(), Code::Unauthenticated)
}

#[tokio::test]
async fn a_token_is_exchanged_for_new_ones_of_the_same_session() {
    let auth = auth().await;
    let first = auth.signed_in("ada@example.com").await;

    let answer = refresh(&auth.client, &first.refresh_token).await.unwrap();

    let (second, user) = (answer.tokens.unwrap(), answer.user.unwrap());
    assert_eq!(second.session_id, first.session_id);
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_eq!(auth.me(&second.access_token).await.unwrap(), user);
    assert_eq!(auth.usable_tokens(&first.session_id).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_parallel_refreshes_of_one_token_one_succeeds_and_the_session_ends() {
    let auth = auth().await;
    let (_running, other) = auth.another_instance().await;
    auth.register("ada@example.com").await;

    for round in 0..ROUNDS {
        let tokens = auth.login("ada@example.com").await;
        let mut calls = JoinSet::new();
        for n in 0..CALLERS {
            let client = if n % 2 == 0 { auth.client.clone() } else { other.clone() };
            let token = tokens.refresh_token.clone();
            calls.spawn(async move { refresh(&client, &token).await });
        }
        let outcomes = calls.join_all().await;

        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "round {round}");
        for refused in lost {
            assert_eq!(reason_of(&refused.unwrap_err(), Code::Unauthenticated), "refresh-token-reused");
        }
        let successors: i64 =
            sqlx::query_scalar("SELECT count(*) - 1 FROM refresh_tokens WHERE session_id = $1")
                .bind(id(&tokens.session_id))
                .fetch_one(&auth.owner)
                .await
                .unwrap();
        assert_eq!(successors, 1, "round {round}");
        assert_eq!(auth.usable_tokens(&tokens.session_id).await, 0, "round {round}");
        assert_eq!(auth.end_of(&tokens.session_id).await.as_deref(), Some("refresh-token-reuse"));
    }

    let told: Vec<SessionRevoked> = auth.told().await;
    assert_eq!(told.len(), ROUNDS, "each session ended once");
    assert!(told.iter().all(|event| event.reason == "refresh-token-reuse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theft_ends_the_session_even_while_its_newest_token_is_being_refreshed() {
    let auth = auth().await;
    auth.register("ada@example.com").await;

    for round in 0..20 {
        let stolen = auth.login("ada@example.com").await;
        let newest = auth.refresh(&stolen.refresh_token).await.unwrap();
        let mut calls = JoinSet::new();
        for n in 0..5 {
            let token = if n == 2 { &newest.refresh_token } else { &stolen.refresh_token };
            let (client, token) = (auth.client.clone(), token.clone());
            calls.spawn(async move { refresh(&client, &token).await });
        }
        let won: Vec<_> = calls.join_all().await.into_iter().filter_map(Result::ok).collect();

        assert!(won.len() <= 1, "round {round}");
        assert_eq!(auth.usable_tokens(&stolen.session_id).await, 0, "round {round}");
        assert_eq!(auth.end_of(&stolen.session_id).await.as_deref(), Some("refresh-token-reuse"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_refresh_is_under_way_gives_no_tokens() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let mut ending = auth.owner.begin().await.unwrap();
    sqlx::query("UPDATE sessions SET revoked_at = now(), revoke_reason = 'logout' WHERE id = $1")
        .bind(id(&tokens.session_id))
        .execute(&mut *ending)
        .await
        .unwrap();

    let (client, token) = (auth.client.clone(), tokens.refresh_token.clone());
    let refreshing = tokio::spawn(async move { refresh(&client, &token).await });
    testing::eventually("the refresh waits for the session", async || {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE datname = current_database() AND NOT granted",
        )
        .fetch_one(&auth.owner)
        .await
        .unwrap();
        (waiting > 0 || refreshing.is_finished()).then_some(())
    })
    .await;
    ending.commit().await.unwrap();

    let refused = refreshing.await.unwrap().unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-refresh-token");
}

#[tokio::test]
async fn reuse_of_any_older_generation_ends_that_session_and_no_other() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    let bystander = auth.login("ada@example.com").await;

    for generation in 0..5 {
        let mut generations = vec![auth.login("ada@example.com").await];
        for _ in 0..5 {
            let next = auth.refresh(&generations.last().unwrap().refresh_token).await.unwrap();
            generations.push(next);
        }
        let (newest, session) = (generations.last().unwrap(), &generations[0].session_id);
        auth.me(&newest.access_token).await.unwrap();

        assert_eq!(refusal(&auth, &generations[generation].refresh_token).await, "refresh-token-reused");

        assert_eq!(refusal(&auth, &newest.refresh_token).await, "invalid-refresh-token");
        let refused = auth.me(&newest.access_token).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
        let told: Vec<SessionRevoked> = auth.told().await;
        assert_eq!(told.len(), generation + 1);
        assert_eq!(
            (&told[generation].session_id, told[generation].reason.as_str()),
            (session, "refresh-token-reuse")
        );
        assert!(told[generation].revoked_at.is_some());
    }

    auth.me(&bystander.access_token).await.unwrap();
    auth.refresh(&bystander.refresh_token).await.unwrap();
}

#[tokio::test]
async fn an_expired_token_is_not_valid_and_betrays_no_theft() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    auth.arrange("UPDATE refresh_tokens SET expires_at = now() WHERE session_id = $1", &tokens.session_id)
        .await;

    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "invalid-refresh-token");

    assert_eq!(auth.end_of(&tokens.session_id).await, None);
    assert_eq!(auth.told::<SessionRevoked>().await.len(), 0);
}

#[tokio::test]
async fn no_session_outlives_its_absolute_end() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let near = "UPDATE sessions SET expires_at = now() + interval '1 hour' WHERE id = $1";
    auth.arrange(near, &tokens.session_id).await;

    let tokens = auth.refresh(&tokens.refresh_token).await.unwrap();
    assert!((3500..=3600).contains(&tokens.refresh_expires_in), "{}", tokens.refresh_expires_in);

    auth.arrange("UPDATE sessions SET expires_at = now() WHERE id = $1", &tokens.session_id).await;
    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "invalid-refresh-token");
    let refused = auth.me(&tokens.access_token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended");
}

#[tokio::test]
async fn a_new_session_ends_after_ninety_days_at_the_latest() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let as_promised: bool =
        sqlx::query_scalar("SELECT expires_at = created_at + interval '90 days' FROM sessions WHERE id = $1")
            .bind(id(&tokens.session_id))
            .fetch_one(&auth.owner)
            .await
            .unwrap();

    assert!(as_promised);
}

#[tokio::test]
async fn what_was_never_issued_is_not_valid() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let (unknown, endless) = ("A".repeat(43), "A".repeat(1 << 20));
    for token in ["", "\0", "ä", &tokens.access_token, &tokens.refresh_token[..42], &unknown, &endless] {
        assert_eq!(refusal(&auth, token).await, "invalid-refresh-token");
    }

    auth.refresh(&tokens.refresh_token).await.unwrap();
}

#[tokio::test]
async fn the_database_holds_only_the_hash_of_a_token() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    let hashed: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM refresh_tokens
         WHERE token_hash = sha256(decode(translate($1, '-_', '+/') || '=', 'base64'))",
    )
    .bind(&tokens.refresh_token)
    .fetch_one(&auth.owner)
    .await
    .unwrap();

    assert_eq!(hashed, 1);
}
