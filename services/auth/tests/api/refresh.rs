//! Refresh: a token for its successor, as long as the session lives.

use crate::support::{Auth, auth, id, reason_of, refresh};
use journal_proto::auth::v1::SessionRevoked;
use tonic::Code;

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
async fn a_session_ends_fourteen_days_after_its_last_use() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let later = "UPDATE refresh_tokens SET expires_at = expires_at - make_interval(days => 14, mins => -1) WHERE session_id = $1";
    auth.arrange(later, &tokens.session_id).await;

    let tokens = auth.refresh(&tokens.refresh_token).await.unwrap();
    assert!((14 * 86_400 - 5..=14 * 86_400).contains(&tokens.refresh_expires_in));

    let later =
        "UPDATE refresh_tokens SET expires_at = expires_at - interval '14 days' WHERE session_id = $1";
    auth.arrange(later, &tokens.session_id).await;
    assert_eq!(refusal(&auth, &tokens.refresh_token).await, "invalid-refresh-token");
    assert_eq!(auth.usable_tokens(&tokens.session_id).await, 0);
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
