//! What the database itself keeps apart, whatever a query says.

use crate::support::{Ground, User};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// A row of each user in every table.
const ROWS: [&str; 7] = [
    "INSERT INTO recipients (user_id, email, display_name) VALUES ($1, 'a@journal.example', 'A')",
    "INSERT INTO preferences (user_id) VALUES ($1)",
    "INSERT INTO notifications (user_id, id, kind, title, body, subject_id) VALUES ($1, $1, 'k', 't', 'b', $1)",
    "INSERT INTO stream_heads (user_id, seq) VALUES ($1, 1)",
    "INSERT INTO stream_messages (user_id, seq, type, data) VALUES ($1, 1, 'hello', '{}')",
    "INSERT INTO emails (user_id, id, event_key, subject, body_text, body_html) VALUES ($1, $1, 'due', 's', 't', 'h')",
    "INSERT INTO emails (user_id, id, event_key, subject, body_text, body_html, state)
     VALUES ($1, gen_random_uuid(), 'sent', 's', '', '', 'sent')",
];

async fn two_users(name: &str) -> (Ground, [Uuid; 2]) {
    let (ground, users) = (Ground::new(name).await, [User::new().id.0, User::new().id.0]);
    for user in users {
        for insert in ROWS {
            sqlx::query(insert).bind(user).execute(ground.every_row()).await.unwrap();
        }
    }
    (ground, users)
}

#[tokio::test]
async fn a_query_that_forgets_the_user_sees_and_changes_one_users_rows_alone() {
    let (ground, [one, other]) = two_users("apart").await;
    assert_eq!(
        ground.database.user_tables().await,
        [
            "emails",
            "idempotency_keys",
            "notifications",
            "preferences",
            "recipients",
            "stream_heads",
            "stream_messages"
        ]
    );

    ground.database.assert_apart(one, other).await;
    ground.database.assert_nobody_sees(one).await;
}

async fn count(tx: &mut PgConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(tx).await.unwrap()
}

#[tokio::test]
async fn a_work_for_all_users_sees_what_it_needs_and_changes_nothing_else() {
    let (ground, [one, _]) = two_users("purposes").await;
    // Of whom no mail is due.
    sqlx::query(ROWS[0]).bind(Uuid::now_v7()).execute(ground.every_row()).await.unwrap();

    // Of the two, one asked for a digest.
    sqlx::query("UPDATE preferences SET email_digest = true WHERE user_id = $1")
        .bind(one)
        .execute(ground.every_row())
        .await
        .unwrap();

    for (purpose, seen) in [
        ("look-out", [0, 0, 2, 0, 0, 0]),
        ("send-mail", [2, 0, 0, 0, 2, 0]),
        ("give-up-mail", [0; 6]),
        ("digest", [0, 0, 0, 0, 0, 1]),
        ("anything else", [0; 6]),
    ] {
        let mut tx = ground.database.pool.begin().await.unwrap();
        let named = sqlx::query("SELECT set_config('app.purpose', $1, true)").bind(purpose);
        named.execute(&mut *tx).await.unwrap();
        let mut counts = Vec::new();
        for table in
            ["emails", "notifications", "stream_heads", "stream_messages", "recipients", "preferences"]
        {
            counts.push(count(&mut tx, table).await);
        }
        assert_eq!(counts, seen, "{purpose}");
        for write in [
            "UPDATE emails SET body_text = 'x' WHERE user_id = $1",
            "UPDATE recipients SET email = 'x' WHERE user_id = $1",
            "UPDATE preferences SET email_digest = false WHERE user_id = $1",
            "UPDATE stream_heads SET seq = 9 WHERE user_id = $1",
            "DELETE FROM emails WHERE user_id = $1",
            "DELETE FROM recipients WHERE user_id = $1",
            "DELETE FROM preferences WHERE user_id = $1",
            "INSERT INTO stream_heads (user_id, seq) VALUES (gen_random_uuid(), $1::text::uuid::text::bigint)",
        ] {
            let mut attempt = sqlx::Acquire::begin(&mut tx).await.unwrap();
            let written = sqlx::query(write).bind(one).execute(&mut *attempt).await;
            assert_eq!(written.map_or(0, |done| done.rows_affected()), 0, "{purpose}: {write}");
            attempt.rollback().await.unwrap();
        }
    }
}
