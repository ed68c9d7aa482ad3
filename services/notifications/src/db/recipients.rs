//! Addresses and names, as auth told them.

use identity::UserId;
use sqlx::PgExecutor;

/// Keeps a new user's address. What is known already stays: an old event must not undo a newer one.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    email: &str,
    display_name: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO recipients (user_id, email, display_name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(user.0)
    .bind(email)
    .bind(display_name)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the user's address is known.
pub(crate) async fn is_known(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM recipients WHERE user_id = $1)")
        .bind(user.0)
        .fetch_one(db)
        .await
}

/// Keeps what a user changed to, unless something newer is known.
pub(crate) async fn update(
    db: impl PgExecutor<'_>,
    user: UserId,
    email: &str,
    display_name: &str,
    version: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO recipients AS known (user_id, email, display_name, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id) DO UPDATE SET email = $2, display_name = $3, version = $4 WHERE known.version < $4",
    )
    .bind(user.0)
    .bind(email)
    .bind(display_name)
    .bind(version)
    .execute(db)
    .await?;
    Ok(())
}
