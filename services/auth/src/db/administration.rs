//! The table `users`, as whoever administers sees and changes it.

use crate::domain::user::UserState;
use identity::{Role, UserId};
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    user: super::users::Row,
    disabled_at: Option<OffsetDateTime>,
    deletion_due_at: Option<OffsetDateTime>,
}

impl From<Row> for UserState {
    fn from(row: Row) -> Self {
        let Row { user, disabled_at, deletion_due_at } = row;
        Self { user: user.into(), disabled_at, deletion_due_at }
    }
}

/// Row level security shows all users to whoever administers.
pub(crate) async fn show_all(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query("SELECT set_config('app.purpose', 'administer', true)").execute(db).await?;
    Ok(())
}

/// Lets nobody else change who is an admin until the transaction is over.
pub(crate) async fn lock(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('auth admins', 0))").execute(db).await?;
    Ok(())
}

/// Users whose address has `part` in it, from before one of them on, newest first.
pub(crate) async fn list(
    tx: &mut PgConnection,
    part: &str,
    before: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<UserState>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, email, display_name, email_verified_at IS NOT NULL AS email_verified, created_at, role,
                disabled_at, deletion_due_at
         FROM users WHERE strpos(email, $1) > 0 AND id < $2 ORDER BY id DESC LIMIT $3",
    )
    .bind(part)
    .bind(before)
    .bind(limit)
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(UserState::from).collect())
}

/// One user.
pub(crate) async fn find(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Option<UserState>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, email, display_name, email_verified_at IS NOT NULL AS email_verified, created_at, role,
                disabled_at, deletion_due_at
         FROM users WHERE id = $1",
    )
    .bind(user.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(UserState::from))
}

/// True when the user is an admin and there is no other who could help.
pub(crate) async fn is_last_admin(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM users WHERE id = $1 AND role = 'admin' AND disabled_at IS NULL)
            AND NOT EXISTS (SELECT FROM users WHERE id <> $1 AND role = 'admin'
                            AND disabled_at IS NULL AND deletion_due_at IS NULL)",
    )
    .bind(user.0)
    .fetch_one(db)
    .await
}

/// False when the user was disabled before.
pub(crate) async fn disable(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let disabled = sqlx::query("UPDATE users SET disabled_at = now() WHERE id = $1 AND disabled_at IS NULL")
        .bind(user.0)
        .execute(db)
        .await?;
    Ok(disabled.rows_affected() == 1)
}

/// False when the user was not disabled.
pub(crate) async fn enable(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let enabled =
        sqlx::query("UPDATE users SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL")
            .bind(user.0)
            .execute(db)
            .await?;
    Ok(enabled.rows_affected() == 1)
}

/// False when the user had this role before.
pub(crate) async fn set_role(db: impl PgExecutor<'_>, user: UserId, role: Role) -> sqlx::Result<bool> {
    let changed = sqlx::query("UPDATE users SET role = $2 WHERE id = $1 AND role <> $2")
        .bind(user.0)
        .bind(role.as_str())
        .execute(db)
        .await?;
    Ok(changed.rows_affected() == 1)
}
