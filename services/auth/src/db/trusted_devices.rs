//! The table `trusted_devices`.

use super::shown;
use crate::domain::{email::EmailAddress, token::Token};
use identity::UserId;
use runtime::postgres;
use sqlx::{PgConnection, PgExecutor, PgPool};

/// A device is forgotten when nobody signed in on it for so many days.
const IDLE_DAYS: i32 = 180;
/// Devices of one user: beyond, the one that was not used for longest is forgotten.
const MOST: i64 = 20;

/// True when the user with this address signed in on the device before. One query, whether there is such a user or not.
pub(crate) async fn is_trusted(pool: &PgPool, token: &Token, email: &EmailAddress) -> sqlx::Result<bool> {
    let mut tx = postgres::begin(pool).await?;
    shown::show_address(&mut tx, email).await?;
    shown::show_token(&mut tx, token).await?;
    let is_trusted = sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM trusted_devices JOIN users ON users.id = user_id
         WHERE token_hash = $1 AND email = $2 AND expires_at > now())",
    )
    .bind(token.hash())
    .bind(email.as_str())
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(is_trusted)
}

/// True when the user, for whom `db` acts, signed in on the device before.
pub(crate) async fn is_known(db: impl PgExecutor<'_>, token: &Token, user_id: UserId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM trusted_devices WHERE token_hash = $1 AND user_id = $2 AND expires_at > now())",
    )
    .bind(token.hash())
    .bind(user_id.0)
    .fetch_one(db)
    .await
}

/// Trusts the device from now on, or for longer; for how many seconds.
pub(crate) async fn trust(tx: &mut PgConnection, token: &Token, user_id: UserId) -> sqlx::Result<i64> {
    // Both parts see the devices of before: one place is for the one at hand.
    sqlx::query_scalar(
        "WITH forgotten AS (
             DELETE FROM trusted_devices WHERE token_hash IN (
                 SELECT token_hash FROM trusted_devices WHERE user_id = $2 AND token_hash <> $1
                 ORDER BY last_used_at DESC, token_hash OFFSET $4 - 1 FOR UPDATE SKIP LOCKED))
         INSERT INTO trusted_devices AS known (token_hash, user_id, expires_at)
         VALUES ($1, $2, now() + make_interval(days => $3))
         ON CONFLICT (token_hash) DO UPDATE SET last_used_at = now(), expires_at = EXCLUDED.expires_at
         RETURNING EXTRACT(EPOCH FROM expires_at - now())::bigint",
    )
    .bind(token.hash())
    .bind(user_id.0)
    .bind(IDLE_DAYS)
    .bind(MOST)
    .fetch_one(tx)
    .await
}

/// Trusts none of the user's devices any more.
pub(crate) async fn forget_all(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trusted_devices WHERE user_id = $1").bind(user_id.0).execute(db).await?;
    Ok(())
}

/// Deletes up to `limit` devices that are forgotten; how many.
pub(crate) async fn delete_expired(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM trusted_devices WHERE token_hash IN (
             SELECT token_hash FROM trusted_devices WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
