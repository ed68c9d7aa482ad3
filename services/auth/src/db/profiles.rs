//! What users change of their own row in `users`.

use crate::domain::{display_name::DisplayName, email::EmailAddress};
use identity::UserId;
use sqlx::{PgExecutor, error::DatabaseError, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

/// Days within which a deletion can be undone.
pub(crate) const UNDO_DAYS: i32 = 7;

/// What others keep of a user.
#[derive(Debug, FromRow)]
pub(crate) struct Profile {
    pub email: String,
    pub display_name: String,
    pub version: i64,
}

/// Another name.
pub(crate) async fn rename(db: impl PgExecutor<'_>, user_id: UserId, name: &DisplayName) -> sqlx::Result<()> {
    sqlx::query("UPDATE users SET display_name = $2 WHERE id = $1")
        .bind(user_id.0)
        .bind(name.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Another address, which proved to be the user's; false when somebody else has it meanwhile.
pub(crate) async fn move_to(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    email: &EmailAddress,
) -> sqlx::Result<bool> {
    let moved = sqlx::query("UPDATE users SET email = $2, email_verified_at = now() WHERE id = $1")
        .bind(user_id.0)
        .bind(email.as_str())
        .execute(db)
        .await;
    match moved {
        Ok(moved) => Ok(moved.rows_affected() == 1),
        Err(error) if error.as_database_error().is_some_and(DatabaseError::is_unique_violation) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The next version of what others keep.
pub(crate) async fn next_version(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Profile> {
    sqlx::query_as(
        "UPDATE users SET profile_version = profile_version + 1 WHERE id = $1
         RETURNING email, display_name, profile_version AS version",
    )
    .bind(user_id.0)
    .fetch_one(db)
    .await
}

/// Marks the account to be deleted; when that will be. `None`: there is no such user.
pub(crate) async fn mark_deleted(
    db: impl PgExecutor<'_>,
    user_id: UserId,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar(
        "UPDATE users SET deletion_due_at = COALESCE(deletion_due_at, now() + make_interval(days => $2))
         WHERE id = $1 RETURNING deletion_due_at",
    )
    .bind(user_id.0)
    .bind(UNDO_DAYS)
    .fetch_optional(db)
    .await
}

/// The account stays; false when it was not to be deleted, or is gone.
pub(crate) async fn keep(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<bool> {
    let kept =
        sqlx::query("UPDATE users SET deletion_due_at = NULL WHERE id = $1 AND deletion_due_at IS NOT NULL")
            .bind(user_id.0)
            .execute(db)
            .await?;
    Ok(kept.rows_affected() == 1)
}

/// Up to `limit` users whose time is over. Nobody keeps one of them until the transaction is over.
pub(crate) async fn due(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<Vec<UserId>> {
    let due: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM users WHERE deletion_due_at <= now() ORDER BY deletion_due_at LIMIT $1
         FOR UPDATE SKIP LOCKED",
    )
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(due.into_iter().map(UserId).collect())
}

/// Deletes the user's own row, and what only refers to it.
pub(crate) async fn delete(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM users WHERE id = $1").bind(user_id.0).execute(db).await?;
    Ok(())
}
