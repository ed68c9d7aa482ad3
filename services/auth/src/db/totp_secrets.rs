//! The table `totp_secrets`.

use crate::{domain::totp::ENROLMENT_MINUTES, vault::Sealed};
use identity::UserId;
use sqlx::{PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

/// A user's secret, and the time to check a code at.
#[derive(Debug)]
pub(crate) struct Found {
    pub id: Uuid,
    pub sealed: Sealed,
    /// When it began to be asked for.
    pub confirmed_at: Option<OffsetDateTime>,
    /// Seconds since 1970 by the database's clock.
    pub now: i64,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    key_id: String,
    wrapped_key: Vec<u8>,
    sealed_secret: Vec<u8>,
    confirmed_at: Option<OffsetDateTime>,
    now: i64,
}

/// The user's secret, if it is confirmed or can be confirmed still.
pub(crate) async fn find(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Option<Found>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, key_id, wrapped_key, sealed_secret, confirmed_at,
                floor(EXTRACT(EPOCH FROM clock_timestamp()))::bigint AS now
         FROM totp_secrets
         WHERE user_id = $1 AND (confirmed_at IS NOT NULL OR created_at > now() - make_interval(mins => $2))",
    )
    .bind(user_id.0)
    .bind(ENROLMENT_MINUTES)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|Row { id, key_id, wrapped_key, sealed_secret, confirmed_at, now }| Found {
        id,
        sealed: Sealed { key_id, wrapped_key, secret: sealed_secret },
        confirmed_at,
        now,
    }))
}

/// Stores a secret to be confirmed, in place of another one that is not; false when one is confirmed.
pub(crate) async fn enroll(db: impl PgExecutor<'_>, user_id: UserId, sealed: &Sealed) -> sqlx::Result<bool> {
    let stored = sqlx::query(
        "INSERT INTO totp_secrets AS known (user_id, id, key_id, wrapped_key, sealed_secret) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id) DO UPDATE SET
             id = EXCLUDED.id, key_id = EXCLUDED.key_id, wrapped_key = EXCLUDED.wrapped_key,
             sealed_secret = EXCLUDED.sealed_secret, created_at = now(), last_step = 0
         WHERE known.confirmed_at IS NULL",
    )
    .bind(user_id.0)
    .bind(Uuid::now_v7())
    .bind(&sealed.key_id)
    .bind(&sealed.wrapped_key)
    .bind(&sealed.secret)
    .execute(db)
    .await?;
    Ok(stored.rows_affected() == 1)
}

/// Confirms the secret by a code of `step`, which is used up; false when another one came first.
pub(crate) async fn confirm(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: Uuid,
    step: i64,
) -> sqlx::Result<bool> {
    let confirmed = sqlx::query(
        "UPDATE totp_secrets SET confirmed_at = now(), last_step = $3
         WHERE user_id = $1 AND id = $2 AND confirmed_at IS NULL",
    )
    .bind(user_id.0)
    .bind(id)
    .bind(step)
    .execute(db)
    .await?;
    Ok(confirmed.rows_affected() == 1)
}

/// Uses a code of `step`, once ever, and no older one after it: of any number of callers one succeeds.
pub(crate) async fn redeem(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: Uuid,
    step: i64,
) -> sqlx::Result<bool> {
    let redeemed = sqlx::query(
        "UPDATE totp_secrets SET last_step = $3
         WHERE user_id = $1 AND id = $2 AND confirmed_at IS NOT NULL AND last_step < $3",
    )
    .bind(user_id.0)
    .bind(id)
    .bind(step)
    .execute(db)
    .await?;
    Ok(redeemed.rows_affected() == 1)
}

/// The secret whose codes are asked for at sign-in.
pub(crate) async fn confirmed(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("SELECT id FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL")
        .bind(user_id.0)
        .fetch_optional(db)
        .await
}

/// Stores another envelope of the same secret.
pub(crate) async fn renew_envelope(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: Uuid,
    sealed: &Sealed,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE totp_secrets SET key_id = $3, wrapped_key = $4 WHERE user_id = $1 AND id = $2")
        .bind(user_id.0)
        .bind(id)
        .bind(&sealed.key_id)
        .bind(&sealed.wrapped_key)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets the secret; true when it was asked for.
pub(crate) async fn remove(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<bool> {
    let asked_for: Option<bool> =
        sqlx::query_scalar("DELETE FROM totp_secrets WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL")
            .bind(user_id.0)
            .fetch_optional(db)
            .await?;
    Ok(asked_for == Some(true))
}
