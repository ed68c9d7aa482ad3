//! How users want to hear of things. No row: everything off.

use identity::UserId;
use sqlx::{PgConnection, PgExecutor};

/// Whether the user wants a mail when an import ends.
pub(crate) async fn email_import_finished(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let wanted = sqlx::query_scalar("SELECT email_import_finished FROM preferences WHERE user_id = $1")
        .bind(user.0)
        .fetch_optional(db)
        .await?;
    Ok(wanted.unwrap_or(false))
}

/// The same, locked until the transaction ends; a user who has said nothing has a row from now on.
pub(crate) async fn lock(tx: &mut PgConnection, user: UserId) -> sqlx::Result<bool> {
    sqlx::query("INSERT INTO preferences (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING")
        .bind(user.0)
        .execute(&mut *tx)
        .await?;
    sqlx::query_scalar("SELECT email_import_finished FROM preferences WHERE user_id = $1 FOR UPDATE")
        .bind(user.0)
        .fetch_one(tx)
        .await
}

/// Sets that.
pub(crate) async fn put(
    db: impl PgExecutor<'_>,
    user: UserId,
    email_import_finished: bool,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO preferences (user_id, email_import_finished) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET email_import_finished = excluded.email_import_finished",
    )
    .bind(user.0)
    .bind(email_import_finished)
    .execute(db)
    .await?;
    Ok(())
}
