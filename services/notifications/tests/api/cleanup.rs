//! Old live messages and mails are forgotten, by one instance.

use crate::support::{Ground, User};
use testing::eventually;

#[tokio::test]
async fn what_is_old_is_forgotten_once_across_instances() {
    let ground = Ground::new("cleanup").await;
    let user = User::new();
    for sql in [
        "INSERT INTO stream_heads (user_id, seq) VALUES ($1, 4)",
        "INSERT INTO stream_messages (user_id, seq, type, data, created_at)
         SELECT $1, seq, 'statistics.updated', '{}', now() - make_interval(hours => 7 * 24 + 3 - 2 * seq) FROM generate_series(1, 4) AS seq",
        "INSERT INTO emails (user_id, id, event_key, subject, body_text, body_html, state, created_at)
         SELECT $1, gen_random_uuid(), days::text, '', '', '', 'sent', now() - make_interval(days => days)
         FROM unnest(ARRAY[29, 31]) AS days",
    ] {
        sqlx::query(sql).bind(user.id.0).execute(ground.every_row()).await.unwrap();
    }

    let (first, second) = (ground.instance().await, ground.instance().await);
    eventually("the old rows are gone", async || {
        let left: (i64, i64) =
            sqlx::query_as("SELECT (SELECT count(*) FROM stream_messages), (SELECT count(*) FROM emails)")
                .fetch_one(ground.every_row())
                .await
                .unwrap();
        (left == (3, 1)).then_some(())
    })
    .await;
    first.running.stop().await;
    second.running.stop().await;

    let runs: i64 = sqlx::query_scalar("SELECT runs FROM periodic_jobs WHERE name = 'notifications.cleanup'")
        .fetch_one(ground.every_row())
        .await
        .unwrap();
    assert_eq!(runs, 1);
}
