//! The inbox.

use crate::domain::{
    notice::{Notice, Notification},
    week::{OfKind, Week},
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
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
        "INSERT INTO notifications (user_id, id, kind, title, body, subject_id, new_fills, differences)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT ON CONSTRAINT notifications_subject DO NOTHING
         RETURNING id, kind, title, body, subject_id, created_at, read_at",
    )
    .bind(user.0)
    .bind(Uuid::now_v7())
    .bind(notice.kind)
    .bind(&notice.title)
    .bind(&notice.body)
    .bind(notice.subject_id)
    .bind(notice.brought.map(|brought| brought.new_fills.cast_signed()))
    .bind(notice.brought.map(|brought| brought.differences.cast_signed()))
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

/// What came in after `since`, by kind, and how many of all are unread.
pub(crate) async fn week(tx: &mut PgConnection, user: UserId, since: OffsetDateTime) -> sqlx::Result<Week> {
    // A sum of which a part is not known is not known.
    let rows: Vec<(String, i64, Option<i64>, Option<i64>)> = sqlx::query_as(
        "SELECT kind, count(*),
                CASE WHEN bool_and(new_fills IS NOT NULL) THEN sum(new_fills)::bigint END,
                CASE WHEN bool_and(differences IS NOT NULL) THEN sum(differences)::bigint END
         FROM notifications WHERE user_id = $1 AND created_at > $2 GROUP BY kind ORDER BY kind",
    )
    .bind(user.0)
    .bind(since)
    .fetch_all(&mut *tx)
    .await?;
    let kinds = rows.into_iter().map(|(kind, count, new_fills, differences)| OfKind {
        kind,
        count: count.cast_unsigned(),
        new_fills: new_fills.map(i64::cast_unsigned),
        differences: differences.map(i64::cast_unsigned),
    });
    Ok(Week { kinds: kinds.collect(), unread: unread(tx, user).await? })
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
