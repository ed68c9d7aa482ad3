//! The table `api_keys`, and the sessions that its rows have.

use crate::domain::api_key::ApiKeyEntry;
use identity::{ApiKey, Scope, SessionId, UserId};
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    scope: String,
    created_at: OffsetDateTime,
    last_used_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for ApiKeyEntry {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let Row { id, name, created_at, last_used_at, expires_at, .. } = row;
        let scope = row.scope.parse().map_err(|expected: &str| sqlx::Error::Decode(expected.into()))?;
        Ok(Self { id, name, scope, created_at, last_used_at, expires_at })
    }
}

/// A key to be.
pub(crate) struct New<'a> {
    pub key: &'a ApiKey,
    pub name: &'a str,
    pub scope: Scope,
    pub expires_at: Option<OffsetDateTime>,
}

/// Adds a key, unless it would be over already: then `None`.
pub(crate) async fn insert(tx: &mut PgConnection, new: &New<'_>) -> sqlx::Result<Option<ApiKeyEntry>> {
    let id = Uuid::now_v7();
    let opened = sqlx::query(
        "INSERT INTO sessions (user_id, id, device_name, ip_address, kind, expires_at)
         SELECT $1, $2, $3, '', 'api-key', at
         FROM (SELECT COALESCE($4, now() + interval '100 years')) AS expiry (at) WHERE at > now()",
    )
    .bind(new.key.user().0)
    .bind(id)
    .bind(new.name)
    .bind(new.expires_at)
    .execute(&mut *tx)
    .await?;
    if opened.rows_affected() == 0 {
        return Ok(None);
    }
    let row: Row = sqlx::query_as(
        "INSERT INTO api_keys (user_id, id, name, scope, key_hash, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING id, name, scope, created_at, last_used_at, expires_at",
    )
    .bind(new.key.user().0)
    .bind(id)
    .bind(new.name)
    .bind(new.scope.as_str())
    .bind(new.key.hash())
    .bind(new.expires_at)
    .fetch_one(tx)
    .await?;
    row.try_into().map(Some)
}

/// How many keys the user has. Nobody else adds one to them until the transaction is over.
pub(crate) async fn count(tx: &mut PgConnection, user_id: UserId) -> sqlx::Result<i64> {
    sqlx::query("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE")
        .bind(user_id.0)
        .execute(&mut *tx)
        .await?;
    sqlx::query_scalar(
        "SELECT count(*) FROM api_keys JOIN sessions USING (user_id, id)
         WHERE user_id = $1 AND revoked_at IS NULL AND sessions.expires_at > now()",
    )
    .bind(user_id.0)
    .fetch_one(tx)
    .await
}

/// The user's keys that are not revoked, newest first.
pub(crate) async fn list(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<Vec<ApiKeyEntry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT key.id, name, scope, key.created_at, key.last_used_at, key.expires_at
         FROM api_keys AS key JOIN sessions USING (user_id, id)
         WHERE user_id = $1 AND revoked_at IS NULL
         ORDER BY key.created_at DESC, key.id DESC",
    )
    .bind(user_id.0)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(ApiKeyEntry::try_from).collect()
}

/// What the user calls the key, revoked or not.
pub(crate) async fn name(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    id: SessionId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM api_keys WHERE user_id = $1 AND id = $2")
        .bind(user_id.0)
        .bind(id.0)
        .fetch_optional(db)
        .await
}

/// Whether this is a key of its user.
pub(crate) async fn exists(db: impl PgExecutor<'_>, key: &ApiKey) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM api_keys WHERE user_id = $1 AND key_hash = $2)")
        .bind(key.user().0)
        .bind(key.hash())
        .fetch_one(db)
        .await
}

/// A key that may be used now.
#[derive(Debug)]
pub(crate) struct Usable {
    pub id: SessionId,
    pub scope: Scope,
    /// Until it expires; at least one, and no more than a day.
    pub seconds_left: u32,
}

#[derive(FromRow)]
struct UsableRow {
    id: Uuid,
    scope: String,
    seconds_left: i32,
    is_stale: bool,
}

/// Notes the use of a key, once a minute at most; `None` when it is unknown, expired or revoked.
pub(crate) async fn look_up(tx: &mut PgConnection, key: &ApiKey) -> sqlx::Result<Option<Usable>> {
    let row: Option<UsableRow> = sqlx::query_as(
        "SELECT key.id, scope,
                GREATEST(1, LEAST(86400, EXTRACT(EPOCH FROM sessions.expires_at - now())))::int AS seconds_left,
                COALESCE(key.last_used_at < now() - interval '1 minute', true) AS is_stale
         FROM api_keys AS key JOIN sessions USING (user_id, id)
         WHERE user_id = $1 AND key_hash = $2 AND revoked_at IS NULL AND sessions.expires_at > now()",
    )
    .bind(key.user().0)
    .bind(key.hash())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.is_stale {
        // Nobody waits for the disk: a lost minute is no loss.
        sqlx::query("SET LOCAL synchronous_commit = off").execute(&mut *tx).await?;
        sqlx::query(
            "UPDATE api_keys SET last_used_at = date_trunc('minute', now()) WHERE user_id = $1 AND id = $2",
        )
        .bind(key.user().0)
        .bind(row.id)
        .execute(tx)
        .await?;
    }
    let scope = row.scope.parse().map_err(|expected: &str| sqlx::Error::Decode(expected.into()))?;
    let seconds_left = u32::try_from(row.seconds_left).unwrap_or(1);
    Ok(Some(Usable { id: SessionId(row.id), scope, seconds_left }))
}
