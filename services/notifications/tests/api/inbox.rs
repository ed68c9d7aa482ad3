//! Rows that stand in an inbox already.

use crate::support::User;
use sqlx::PgPool;
use uuid::Uuid;

/// Puts `count` unread notifications into an inbox. Returns their ids, newest first.
pub async fn fill(pool: &PgPool, user: &User, count: usize) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
    sqlx::query(
        "INSERT INTO notifications (user_id, id, kind, title, body, subject_id)
         SELECT $1, id, 'import-finished', 'july.csv imported', 'All is well.', gen_random_uuid() FROM unnest($2::uuid[]) AS id",
    )
    .bind(user.id.0)
    .bind(&ids)
    .execute(pool)
    .await
    .unwrap();
    ids.reverse();
    ids
}
