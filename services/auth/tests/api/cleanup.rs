//! The cleanup: what is over is forgotten once across instances, and nothing else.

use crate::support::start_instance;
use identity::Issuer;
use sqlx::PgPool;
use std::time::Duration;
use testing::TestDatabase;
use uuid::Uuid;

async fn database() -> TestDatabase {
    let database = testing::database("auth", &auth::migrators()).await;
    sqlx::query("INSERT INTO users VALUES ($1, 'ada@example.com', 'Ada', '')")
        .bind(Uuid::nil())
        .execute(&database.every_row)
        .await
        .unwrap();
    database
}

/// A session, days before now; `None`: not revoked.
async fn session(owner: &PgPool, expired: i32, revoked: Option<i32>) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "INSERT INTO sessions (user_id, id, device_name, ip_address, expires_at, revoked_at, revoke_reason)
         VALUES ($1, $2, '', '', now() - make_interval(days => $3), now() - make_interval(days => $4),
                 CASE WHEN $4 IS NOT NULL THEN 'logout' END)",
    )
    .bind(Uuid::nil())
    .bind(id)
    .bind(expired)
    .bind(revoked)
    .execute(owner)
    .await
    .unwrap();
    id
}

/// A token that expired so many days before now.
async fn token(owner: &PgPool, session: Uuid, expired: i32, consumed: bool) -> Vec<u8> {
    let hash: [u8; 32] = std::array::from_fn(|n| session.as_bytes()[n % 16] ^ expired.to_le_bytes()[n % 4]);
    sqlx::query(
        "INSERT INTO refresh_tokens (token_hash, user_id, session_id, expires_at, consumed_at)
         VALUES ($1, $2, $3, now() - make_interval(days => $4), CASE WHEN $5 THEN now() END)",
    )
    .bind(hash)
    .bind(Uuid::nil())
    .bind(session)
    .bind(expired)
    .bind(consumed)
    .execute(owner)
    .await
    .unwrap();
    hash.to_vec()
}

async fn sessions(owner: &PgPool) -> Vec<Uuid> {
    sqlx::query_scalar("SELECT id FROM sessions ORDER BY id").fetch_all(owner).await.unwrap()
}

async fn runs(owner: &PgPool) -> Option<i64> {
    sqlx::query_scalar("SELECT runs FROM periodic_jobs WHERE name = 'auth.cleanup'")
        .fetch_optional(owner)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_forget_once_what_is_over_and_keep_the_rest() {
    let database = database().await;
    let owner = &database.every_row;
    let live = session(owner, -60, None).await;
    let lately_out = session(owner, -60, Some(29)).await;
    let lately_expired = session(owner, 29, None).await;
    let long_out = session(owner, -60, Some(31)).await;
    session(owner, 31, None).await;
    let mut kept_tokens = vec![
        token(owner, live, -14, false).await,
        token(owner, live, -13, true).await,
        token(owner, live, 6, true).await,
    ];
    token(owner, live, 8, true).await;
    token(owner, lately_expired, 29, false).await;
    token(owner, long_out, -1, false).await;

    let pem = Issuer::generate_pem().unwrap();
    let (first, _) = start_instance(&database, &pem, Duration::from_mins(10)).await;
    let (second, _) = start_instance(&database, &pem, Duration::from_mins(10)).await;
    // Each has looked for work once before it can stop.
    first.stop().await;
    second.stop().await;

    assert_eq!(runs(owner).await, Some(1));
    assert_eq!(sessions(owner).await, [live, lately_out, lately_expired]);
    let mut tokens: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT token_hash FROM refresh_tokens").fetch_all(owner).await.unwrap();
    tokens.sort();
    kept_tokens.sort();
    assert_eq!(tokens, kept_tokens);
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_and_devices_are_forgotten_when_they_are_old() {
    let database = database().await;
    let owner = &database.every_row;
    for (byte, hours) in [(1_u8, 1), (2, 3)] {
        sqlx::query("INSERT INTO attempts (subject, newest) VALUES ($1, now() - make_interval(hours => $2))")
            .bind([byte; 32])
            .bind(hours)
            .execute(owner)
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO trusted_devices VALUES ($1, $2, now(), now() + make_interval(hours => 2 - $3))",
        )
        .bind([byte; 32])
        .bind(Uuid::nil())
        .bind(hours)
        .execute(owner)
        .await
        .unwrap();
    }

    let pem = Issuer::generate_pem().unwrap();
    let (running, _) = start_instance(&database, &pem, Duration::from_mins(10)).await;
    running.stop().await;

    for table in ["SELECT subject FROM attempts", "SELECT token_hash FROM trusted_devices"] {
        let kept: Vec<Vec<u8>> = sqlx::query_scalar(table).fetch_all(owner).await.unwrap();
        assert_eq!(kept, [vec![1; 32]], "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_and_mentors_are_forgotten_thirty_days_after_their_end() {
    let database = database().await;
    let owner = &database.every_row;
    // Days before now: when the invitation was over, and when it was accepted and ended.
    let rows = [
        ("reads", 60, Some(60), None),
        ("read lately", 60, Some(60), Some(29)),
        ("invited lately", 29, None, None),
        ("read long ago", 60, Some(60), Some(31)),
        ("invited long ago", 31, None, None),
        ("withdrawn long ago", -1, None, Some(31)),
    ];
    for (email, over, accepted, ended) in rows {
        sqlx::query(
            "INSERT INTO mentors (user_id, id, email, expires_at, mentor_id, accepted_at, ended_at)
             VALUES ($1, gen_random_uuid(), $2, now() - make_interval(days => $3),
                     CASE WHEN $4 IS NOT NULL THEN gen_random_uuid() END, now() - make_interval(days => $4),
                     now() - make_interval(days => $5))",
        )
        .bind(Uuid::nil())
        .bind(email)
        .bind(over)
        .bind(accepted)
        .bind(ended)
        .execute(owner)
        .await
        .unwrap();
    }

    let pem = Issuer::generate_pem().unwrap();
    let (running, _) = start_instance(&database, &pem, Duration::from_mins(10)).await;
    running.stop().await;

    let mut kept: Vec<String> =
        sqlx::query_scalar("SELECT email FROM mentors").fetch_all(owner).await.unwrap();
    kept.sort();
    assert_eq!(kept, ["invited lately", "read lately", "reads"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cleanup_comes_again_after_its_period() {
    let database = database().await;
    let owner = &database.every_row;
    let pem = Issuer::generate_pem().unwrap();
    let (_running, _client) = start_instance(&database, &pem, Duration::from_secs(1)).await;
    testing::eventually("the first run", async || runs(owner).await).await;

    let ended = session(owner, 31, None).await;

    testing::eventually("a later run that forgets the session", async || {
        (!sessions(owner).await.contains(&ended)).then_some(())
    })
    .await;
    assert!(runs(owner).await.unwrap() >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_are_forgotten_in_one_run() {
    let database = database().await;
    let owner = &database.every_row;
    sqlx::query(
        "INSERT INTO sessions (user_id, id, device_name, ip_address, expires_at)
         SELECT $1, gen_random_uuid(), '', '', now() - interval '31 days' FROM generate_series(1, 12000)",
    )
    .bind(Uuid::nil())
    .execute(owner)
    .await
    .unwrap();

    let pem = Issuer::generate_pem().unwrap();
    let (running, _) = start_instance(&database, &pem, Duration::from_mins(10)).await;
    running.stop().await;

    assert_eq!(sessions(owner).await.len(), 0);
    assert_eq!(runs(owner).await, Some(1));
}
