//! The table `refresh_tokens`.

use crate::domain::{session::IDLE_DAYS, token::Token};
use identity::{SessionId, UserId};
use sqlx::{PgExecutor, prelude::FromRow};
use uuid::Uuid;

/// What a stored refresh token tells.
#[derive(Debug)]
pub(crate) struct Found {
    pub user_id: UserId,
    pub session_id: SessionId,
    /// Used before.
    pub consumed: bool,
}

#[derive(FromRow)]
struct Row {
    user_id: Uuid,
    session_id: Uuid,
    consumed: bool,
}

/// Stores the token that its session can be refreshed with from now on, and tells the seconds it may rest: 14 days, but never
/// beyond the end of its session. The one before it must be consumed: a unique index allows no second.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    token: &Token,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO refresh_tokens (token_hash, user_id, session_id, expires_at)
         SELECT $1, user_id, id, LEAST(now() + make_interval(days => $4), expires_at)
         FROM sessions WHERE user_id = $2 AND id = $3
         RETURNING EXTRACT(EPOCH FROM expires_at - now())::bigint",
    )
    .bind(token.hash())
    .bind(user_id.0)
    .bind(session_id.0)
    .bind(IDLE_DAYS)
    .fetch_one(db)
    .await
}

/// Consumes a token, once ever: of any number of callers one gets its owner, the others `None`, as does whoever presents an
/// unknown or expired one or one of an ended session.
pub(crate) async fn consume(
    db: impl PgExecutor<'_>,
    token: &Token,
) -> sqlx::Result<Option<(UserId, SessionId)>> {
    let owner: Option<(Uuid, Uuid)> = sqlx::query_as(
        "UPDATE refresh_tokens AS token SET consumed_at = now()
         WHERE token_hash = $1 AND consumed_at IS NULL AND expires_at > now()
           AND EXISTS (
               SELECT FROM sessions
               WHERE sessions.user_id = token.user_id AND sessions.id = token.session_id
                 AND revoked_at IS NULL AND sessions.expires_at > now())
         RETURNING user_id, session_id",
    )
    .bind(token.hash())
    .fetch_optional(db)
    .await?;
    Ok(owner.map(|(user, session)| (UserId(user), SessionId(session))))
}

/// The token, whatever its state.
pub(crate) async fn find(db: impl PgExecutor<'_>, token: &Token) -> sqlx::Result<Option<Found>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT user_id, session_id, consumed_at IS NOT NULL AS consumed FROM refresh_tokens WHERE token_hash = $1",
    )
    .bind(token.hash())
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Found {
        user_id: UserId(row.user_id),
        session_id: SessionId(row.session_id),
        consumed: row.consumed,
    }))
}

/// Deletes up to `limit` tokens that expired more than 7 days ago; how many. A consumed token is kept as long as an unused one:
/// until then, its return still ends the session.
pub(crate) async fn delete_expired(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM refresh_tokens WHERE token_hash IN (
             SELECT token_hash FROM refresh_tokens WHERE expires_at < now() - interval '7 days' LIMIT $1)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
