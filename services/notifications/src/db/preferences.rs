//! How users want to hear of things. No row: everything off.

use crate::domain::preferences::Preferences;
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    email_import_finished: bool,
    email_digest: bool,
}

impl From<Row> for Preferences {
    fn from(Row { email_import_finished, email_digest }: Row) -> Self {
        Self { email_import_finished, email_digest }
    }
}

/// What the user wants.
pub(crate) async fn get(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Preferences> {
    let row: Option<Row> =
        sqlx::query_as("SELECT email_import_finished, email_digest FROM preferences WHERE user_id = $1")
            .bind(user.0)
            .fetch_optional(db)
            .await?;
    Ok(row.map(Preferences::from).unwrap_or_default())
}

/// The same, locked until the transaction ends; a user who has said nothing has a row from now on.
pub(crate) async fn lock(tx: &mut PgConnection, user: UserId) -> sqlx::Result<Preferences> {
    sqlx::query("INSERT INTO preferences (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING")
        .bind(user.0)
        .execute(&mut *tx)
        .await?;
    let row: Row = sqlx::query_as(
        "SELECT email_import_finished, email_digest FROM preferences WHERE user_id = $1 FOR UPDATE",
    )
    .bind(user.0)
    .fetch_one(tx)
    .await?;
    Ok(row.into())
}

/// Sets that.
pub(crate) async fn put(
    db: impl PgExecutor<'_>,
    user: UserId,
    Preferences { email_import_finished, email_digest }: Preferences,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO preferences (user_id, email_import_finished, email_digest) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE
         SET email_import_finished = excluded.email_import_finished, email_digest = excluded.email_digest",
    )
    .bind(user.0)
    .bind(email_import_finished)
    .bind(email_digest)
    .execute(db)
    .await?;
    Ok(())
}

/// At most `limit` users after `after` who asked for a digest, in the order of their ids. Only whoever says that this is for digests
/// sees them.
pub(crate) async fn who_want_digests(
    db: impl PgExecutor<'_>,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "SELECT user_id FROM preferences WHERE email_digest AND user_id > $1 ORDER BY user_id LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(db)
    .await
}

/// Whether the user still wants one; that does not change until the transaction ends.
pub(crate) async fn lock_wish_for_digest(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let wanted = sqlx::query_scalar("SELECT email_digest FROM preferences WHERE user_id = $1 FOR UPDATE")
        .bind(user.0)
        .fetch_optional(db)
        .await?;
    Ok(wanted.unwrap_or(false))
}
