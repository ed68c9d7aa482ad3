//! The inbox.

use crate::domain::notice::{Notice, Notification};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    title: String,
    body: String,
    subject_id: Uuid,
    created_at: OffsetDateTime,
    read_at: Option<OffsetDateTime>,
}

impl From<Row> for Notification {
    fn from(row: Row) -> Self {
        let Row { id, kind, title, body, subject_id, created_at, read_at } = row;
        Self { id, kind, title, body, subject_id, created_at, read_at }
    }
}

/// Puts a notice into the inbox. `None` when one of this kind about this subject is there already.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    notice: &Notice,
) -> sqlx::Result<Option<Notification>> {
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO notifications (user_id, id, kind, title, body, subject_id) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ON CONSTRAINT notifications_subject DO NOTHING
         RETURNING id, kind, title, body, subject_id, created_at, read_at",
    )
    .bind(user.0)
    .bind(Uuid::now_v7())
    .bind(notice.kind)
    .bind(&notice.title)
    .bind(&notice.body)
    .bind(notice.subject_id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Notification::from))
}

/// Whether anything was said about a subject.
pub(crate) async fn exists_about(
    db: impl PgExecutor<'_>,
    user: UserId,
    subject_id: Uuid,
) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM notifications WHERE user_id = $1 AND subject_id = $2)")
        .bind(user.0)
        .bind(subject_id)
        .fetch_one(db)
        .await
}

/// At most `limit` notifications older than `before`, newest first.
pub(crate) async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    before: Uuid,
    unread_only: bool,
    limit: i64,
) -> sqlx::Result<Vec<Notification>> {
    // Two texts, so that each is planned with its own index.
    let sql = if unread_only {
        "SELECT id, kind, title, body, subject_id, created_at, read_at FROM notifications
         WHERE user_id = $1 AND id < $2 AND read_at IS NULL ORDER BY id DESC LIMIT $3"
    } else {
        "SELECT id, kind, title, body, subject_id, created_at, read_at FROM notifications
         WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    };
    let rows: Vec<Row> = sqlx::query_as(sql).bind(user.0).bind(before).bind(limit).fetch_all(db).await?;
    Ok(rows.into_iter().map(Notification::from).collect())
}

/// How many are unread.
pub(crate) async fn unread(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<u64> {
    let unread: i64 =
        sqlx::query_scalar("SELECT count(*) FROM notifications WHERE user_id = $1 AND read_at IS NULL")
            .bind(user.0)
            .fetch_one(db)
            .await?;
    Ok(unread.cast_unsigned())
}

/// Marks one as read; the first time counts. False: the user has no such notification.
pub(crate) async fn mark_read(db: impl PgExecutor<'_>, user: UserId, id: Uuid) -> sqlx::Result<bool> {
    let marked = sqlx::query(
        "UPDATE notifications SET read_at = coalesce(read_at, now()) WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id)
    .execute(db)
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// Marks all as read. Returns how many were not.
pub(crate) async fn mark_all_read(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<u64> {
    let marked =
        sqlx::query("UPDATE notifications SET read_at = now() WHERE user_id = $1 AND read_at IS NULL")
            .bind(user.0)
            .execute(db)
            .await?;
    Ok(marked.rows_affected())
}
