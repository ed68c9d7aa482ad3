//! The tables `passkey_registrations` and `passkey_logins`: what has begun, and is finished once or never.

use crate::domain::{passkey::CEREMONY_SECONDS, token::Token};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor, types::Json};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

/// Begins a registration.
pub(crate) async fn begin_registration(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    token: &Token,
    state: &PasskeyRegistration,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO passkey_registrations (user_id, token_hash, state, expires_at)
         VALUES ($1, $2, $3, now() + make_interval(secs => $4))",
    )
    .bind(user_id.0)
    .bind(token.hash())
    .bind(Json(state))
    .bind(f64::from(CEREMONY_SECONDS))
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a registration of this user, whatever comes of it: of any number of callers one gets its state.
pub(crate) async fn end_registration(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    token: &Token,
) -> sqlx::Result<Option<PasskeyRegistration>> {
    let state: Option<Json<PasskeyRegistration>> = sqlx::query_scalar(
        "DELETE FROM passkey_registrations WHERE user_id = $1 AND token_hash = $2 AND expires_at > now()
         RETURNING state",
    )
    .bind(user_id.0)
    .bind(token.hash())
    .fetch_optional(db)
    .await?;
    Ok(state.map(|Json(state)| state))
}

/// Begins a sign-in.
pub(crate) async fn begin_login(
    db: impl PgExecutor<'_>,
    token: &Token,
    state: &DiscoverableAuthentication,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO passkey_logins (token_hash, state, expires_at)
         VALUES ($1, $2, now() + make_interval(secs => $3))",
    )
    .bind(token.hash())
    .bind(Json(state))
    .bind(f64::from(CEREMONY_SECONDS))
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a sign-in, whatever comes of it: of any number of callers one gets its state.
pub(crate) async fn end_login(
    db: impl PgExecutor<'_>,
    token: &Token,
) -> sqlx::Result<Option<DiscoverableAuthentication>> {
    let state: Option<Json<DiscoverableAuthentication>> = sqlx::query_scalar(
        "DELETE FROM passkey_logins WHERE token_hash = $1 AND expires_at > now() RETURNING state",
    )
    .bind(token.hash())
    .fetch_optional(db)
    .await?;
    Ok(state.map(|Json(state)| state))
}

/// Deletes up to `limit` of each that nobody finished; how many.
pub(crate) async fn delete_expired(tx: &mut PgConnection, limit: i64) -> sqlx::Result<u64> {
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    let registrations = sqlx::query(
        "DELETE FROM passkey_registrations WHERE (user_id, token_hash) IN (
             SELECT user_id, token_hash FROM passkey_registrations WHERE expires_at < now() LIMIT $1)",
    )
    .bind(limit)
    .execute(&mut *tx)
    .await?;
    let logins = sqlx::query(
        "DELETE FROM passkey_logins WHERE token_hash IN (
             SELECT token_hash FROM passkey_logins WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)",
    )
    .bind(limit)
    .execute(tx)
    .await?;
    Ok(registrations.rows_affected() + logins.rows_affected())
}
