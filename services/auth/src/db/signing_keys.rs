//! The table `signing_keys`.

use crate::vault::Sealed;
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use std::time::Duration;

/// A key that is published.
#[derive(Debug, FromRow)]
pub(crate) struct Published {
    pub id: String,
    /// The public half, a JSON Web Key.
    pub jwk: String,
    /// True for the one that signs.
    pub signs: bool,
    #[sqlx(flatten)]
    pub sealed: Sealed,
}

/// Lets one caller after the other change the keys, until its transaction is over.
pub(crate) async fn lock(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('auth.signing-keys', 0))").execute(db).await?;
    Ok(())
}

/// The keys that verify tokens, the one that signs first. One that signed before is kept for `kept` after that.
pub(crate) async fn published(db: impl PgExecutor<'_>, kept: Duration) -> sqlx::Result<Vec<Published>> {
    sqlx::query_as(
        "SELECT id, jwk, key_id, wrapped_key, sealed_secret AS secret,
                signs_since IS NOT NULL AND retired_at IS NULL AS signs
         FROM signing_keys
         WHERE revoked_at IS NULL AND (retired_at IS NULL OR retired_at > now() - make_interval(secs => $1))
         ORDER BY signs DESC, published_at DESC, id",
    )
    .bind(kept.as_secs_f64())
    .fetch_all(db)
    .await
}

/// True when no key was ever stored.
pub(crate) async fn is_empty(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT FROM signing_keys)").fetch_one(db).await
}

/// True when a key waits to sign.
pub(crate) async fn one_waits(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM signing_keys WHERE signs_since IS NULL AND revoked_at IS NULL)",
    )
    .fetch_one(db)
    .await
}

/// Publishes a key, which waits from now on.
pub(crate) async fn publish(
    db: impl PgExecutor<'_>,
    id: &str,
    jwk: &str,
    sealed: &Sealed,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO signing_keys (id, jwk, key_id, wrapped_key, sealed_secret) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(jwk)
    .bind(&sealed.key_id)
    .bind(&sealed.wrapped_key)
    .bind(&sealed.secret)
    .execute(db)
    .await?;
    Ok(())
}

/// Lets the waiting key sign when none does: there was none yet, or it was revoked. Everybody knows it, however short a time it waited.
pub(crate) async fn fill_vacancy(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    let filled = sqlx::query(
        "UPDATE signing_keys SET signs_since = now()
         WHERE signs_since IS NULL AND revoked_at IS NULL AND NOT EXISTS (
             SELECT FROM signing_keys WHERE signs_since IS NOT NULL AND retired_at IS NULL AND revoked_at IS NULL)",
    )
    .execute(db)
    .await?;
    Ok(filled.rows_affected() == 1)
}

/// Lets the waiting key sign in place of the one that signs for at least `signed`, if it has been published for at least `notice`.
pub(crate) async fn rotate(tx: &mut PgConnection, signed: Duration, notice: Duration) -> sqlx::Result<bool> {
    let retired = sqlx::query(
        "UPDATE signing_keys SET retired_at = now()
         WHERE signs_since <= now() - make_interval(secs => $1) AND retired_at IS NULL AND revoked_at IS NULL
           AND EXISTS (SELECT FROM signing_keys AS next
                       WHERE next.signs_since IS NULL AND next.revoked_at IS NULL
                         AND next.published_at <= now() - make_interval(secs => $2))",
    )
    .bind(signed.as_secs_f64())
    .bind(notice.as_secs_f64())
    .execute(&mut *tx)
    .await?;
    Ok(retired.rows_affected() == 1 && fill_vacancy(tx).await?)
}

/// For how many seconds another key ought to sign already, if each signs for `signed`; 0 before that.
pub(crate) async fn overdue(db: impl PgExecutor<'_>, signed: Duration) -> sqlx::Result<f64> {
    sqlx::query_scalar(
        "SELECT greatest(coalesce(extract(epoch FROM now() - max(signs_since)), 0)::float8 - $1, 0)
         FROM signing_keys WHERE retired_at IS NULL AND revoked_at IS NULL",
    )
    .bind(signed.as_secs_f64())
    .fetch_one(db)
    .await
}

/// Publishes a key no longer; false when there is none, or it was revoked before.
pub(crate) async fn revoke(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<bool> {
    let revoked =
        sqlx::query("UPDATE signing_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL")
            .bind(id)
            .execute(db)
            .await?;
    Ok(revoked.rows_affected() == 1)
}

/// Stores the same secret in another envelope.
pub(crate) async fn rewrap(db: impl PgExecutor<'_>, id: &str, sealed: &Sealed) -> sqlx::Result<()> {
    sqlx::query("UPDATE signing_keys SET key_id = $2, wrapped_key = $3, sealed_secret = $4 WHERE id = $1")
        .bind(id)
        .bind(&sealed.key_id)
        .bind(&sealed.wrapped_key)
        .bind(&sealed.secret)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes what was over 30 days ago; how many.
pub(crate) async fn delete_old(db: impl PgExecutor<'_>) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM signing_keys WHERE LEAST(retired_at, revoked_at) < now() - interval '30 days'",
    )
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
