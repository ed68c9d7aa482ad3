//! The table `refresh_tokens`.

use super::shown;
use crate::{
    domain::{
        session::{IDLE_DAYS, REPEATABLE_SECONDS},
        token::Token,
    },
    succession::Successor,
};
use identity::{SessionId, UserId};
use runtime::postgres;
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use uuid::Uuid;

/// Whose a stored refresh token is.
#[derive(Debug)]
pub(crate) struct Found {
    pub user_id: UserId,
    pub session_id: SessionId,
}

#[derive(FromRow)]
struct Row {
    user_id: Uuid,
    session_id: Uuid,
}

/// Stores the token that its session can be refreshed with from now on, and tells the seconds it may rest: 14 days, but never
/// beyond the end of its session. The one before it must be consumed: a unique index allows no second.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    token: &Token,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<i64> {
    store(db, token, user_id, session_id, None, None).await
}

/// Stores what follows `predecessor`, which must be consumed, as [`insert`] does.
pub(crate) async fn insert_successor(
    db: impl PgExecutor<'_>,
    successor: &Successor,
    predecessor: &Token,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<i64> {
    store(db, &successor.token, user_id, session_id, Some(predecessor), Some(&successor.key_id)).await
}

async fn store(
    db: impl PgExecutor<'_>,
    token: &Token,
    user_id: UserId,
    session_id: SessionId,
    predecessor: Option<&Token>,
    key_id: Option<&str>,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO refresh_tokens (token_hash, user_id, session_id, expires_at, predecessor_hash, key_id)
         SELECT $1, user_id, id, LEAST(now() + make_interval(days => $4), expires_at), $5, $6
         FROM sessions WHERE user_id = $2 AND id = $3
         RETURNING EXTRACT(EPOCH FROM expires_at - now())::bigint",
    )
    .bind(token.hash())
    .bind(user_id.0)
    .bind(session_id.0)
    .bind(IDLE_DAYS)
    .bind(predecessor.map(Token::hash))
    .bind(key_id)
    .fetch_one(db)
    .await
}

/// Consumes a token, once ever: of any number of callers one hears true, the others false, as does whoever presents an unknown or
/// expired one or one of an ended session. `device`: what tells whoever presents it.
pub(crate) async fn consume(db: impl PgExecutor<'_>, token: &Token, device: &[u8; 32]) -> sqlx::Result<bool> {
    // Not now(): callers that waited for this one began before it.
    let consumed = sqlx::query(
        "UPDATE refresh_tokens AS token SET consumed_at = clock_timestamp(), consumed_by = $2
         WHERE token_hash = $1 AND consumed_at IS NULL AND expires_at > now()
           AND EXISTS (
               SELECT FROM sessions
               WHERE sessions.user_id = token.user_id AND sessions.id = token.session_id
                 AND revoked_at IS NULL AND sessions.expires_at > now())",
    )
    .bind(token.hash())
    .bind(device)
    .execute(db)
    .await?;
    Ok(consumed.rows_affected() == 1)
}

/// The successor that a consumed token was given.
#[derive(Debug, FromRow)]
pub(crate) struct Given {
    /// Which pepper derived it.
    pub key_id: String,
    /// How long it may rest.
    pub seconds: i64,
}

/// What the device got for a token that it consumed a moment ago, while that was not consumed itself; `None` for any older token, for
/// another device, and after ten seconds.
pub(crate) async fn given_a_moment_ago(
    db: impl PgExecutor<'_>,
    token: &Token,
    device: &[u8; 32],
) -> sqlx::Result<Option<Given>> {
    sqlx::query_as(
        "SELECT successor.key_id, EXTRACT(EPOCH FROM successor.expires_at - now())::bigint AS seconds
         FROM refresh_tokens AS token
         JOIN refresh_tokens AS successor
           ON successor.user_id = token.user_id AND successor.predecessor_hash = token.token_hash
         WHERE token.token_hash = $1 AND token.consumed_by = $2
           AND token.consumed_at > clock_timestamp() - make_interval(secs => $3)
           AND successor.consumed_at IS NULL AND successor.expires_at > now()",
    )
    .bind(token.hash())
    .bind(device)
    .bind(REPEATABLE_SECONDS)
    .fetch_optional(db)
    .await
}

/// The token, whatever its state. The transaction acts for its user from then on.
pub(crate) async fn find(tx: &mut PgConnection, token: &Token) -> sqlx::Result<Option<Found>> {
    shown::show_token(&mut *tx, token).await?;
    let row: Option<Row> =
        sqlx::query_as("SELECT user_id, session_id FROM refresh_tokens WHERE token_hash = $1")
            .bind(token.hash())
            .fetch_optional(&mut *tx)
            .await?;
    let Some(row) = row else { return Ok(None) };
    postgres::act_for(tx, row.user_id).await?;
    Ok(Some(Found { user_id: UserId(row.user_id), session_id: SessionId(row.session_id) }))
}

/// True when the token was used before.
pub(crate) async fn is_consumed(db: impl PgExecutor<'_>, token: &Token) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM refresh_tokens WHERE token_hash = $1 AND consumed_at IS NOT NULL)",
    )
    .bind(token.hash())
    .fetch_one(db)
    .await
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
