//! The table `oidc_logins`: sign-ins that have begun elsewhere, and are finished once or never.

use crate::domain::{browser_secret::BrowserSecret, return_path::ReturnPath, token::Token};
use identity::{Caller, SessionId, UserId};
use sqlx::PgExecutor;
use uuid::Uuid;

/// A provider's page may be open for so long.
pub(crate) const SECONDS: u32 = 600;

/// What has begun.
#[derive(Debug)]
pub(crate) struct Begun {
    pub return_to: String,
    /// Whose account is to be linked, and in which session that was asked for.
    pub linking: Option<(UserId, SessionId)>,
}

/// Begins.
pub(crate) async fn begin(
    db: impl PgExecutor<'_>,
    state: &Token,
    browser: &BrowserSecret,
    provider: &str,
    return_to: &ReturnPath,
    linking: Option<&Caller>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO oidc_logins (state_hash, browser_hash, provider, return_to, linking_user, linking_session, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))",
    )
    .bind(state.hash())
    .bind(browser.hash())
    .bind(provider)
    .bind(return_to.as_str())
    .bind(linking.map(|caller| caller.user_id.0))
    .bind(linking.map(|caller| caller.session_id.0))
    .bind(f64::from(SECONDS))
    .execute(db)
    .await?;
    Ok(())
}

/// Ends it, whatever comes of it: of any number of callers one gets it, and of browsers only the one that began.
pub(crate) async fn end(
    db: impl PgExecutor<'_>,
    state: &Token,
    browser: &BrowserSecret,
    provider: &str,
) -> sqlx::Result<Option<Begun>> {
    let row: Option<(String, Option<Uuid>, Option<Uuid>)> = sqlx::query_as(
        "DELETE FROM oidc_logins
         WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND expires_at > now()
         RETURNING return_to, linking_user, linking_session",
    )
    .bind(state.hash())
    .bind(browser.hash())
    .bind(provider)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(return_to, user, session)| Begun {
        return_to,
        linking: user.zip(session).map(|(user, session)| (UserId(user), SessionId(session))),
    }))
}

/// Deletes up to `limit` that nobody finished; how many.
pub(crate) async fn delete_expired(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM oidc_logins WHERE state_hash IN (
             SELECT state_hash FROM oidc_logins WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
