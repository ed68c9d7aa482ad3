//! The table `sessions`.

use crate::domain::{
    device::Device,
    session::{ABSOLUTE_DAYS, EndReason, Session},
};
use identity::{SessionId, UserId};
use sqlx::{PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    device_name: String,
    ip_address: String,
    created_at: OffsetDateTime,
    last_used_at: OffsetDateTime,
    expires_at: OffsetDateTime,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            device_name: row.device_name,
            ip_address: row.ip_address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// Opens a session.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    device: &Device,
) -> sqlx::Result<SessionId> {
    let id = Uuid::now_v7();
    sqlx::query(
        "INSERT INTO sessions (user_id, id, device_name, ip_address, expires_at)
         VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))",
    )
    .bind(user_id.0)
    .bind(id)
    .bind(&device.name)
    .bind(&device.ip_address)
    .bind(ABSOLUTE_DAYS)
    .execute(db)
    .await?;
    Ok(SessionId(id))
}

/// True when the session exists and has not ended.
pub(crate) async fn is_live(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM sessions
         WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > now())",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .fetch_one(db)
    .await
}

/// True when the session was opened within so many minutes.
pub(crate) async fn is_younger(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
    minutes: i32,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM sessions
         WHERE user_id = $1 AND id = $2 AND created_at > now() - make_interval(mins => $3))",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .bind(minutes)
    .fetch_one(db)
    .await
}

/// True when the session exists, live or ended.
pub(crate) async fn exists(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM sessions WHERE user_id = $1 AND id = $2)")
        .bind(user_id.0)
        .bind(session_id.0)
        .fetch_one(db)
        .await
}

/// Notes the use of a session and keeps it from being ended until the transaction is over; false when it has ended.
pub(crate) async fn touch(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
) -> sqlx::Result<bool> {
    let touched = sqlx::query(
        "UPDATE sessions SET last_used_at = now()
         WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > now()",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .execute(db)
    .await?;
    Ok(touched.rows_affected() == 1)
}

/// A session that has just been ended.
#[derive(Debug, FromRow)]
pub(crate) struct Ended {
    pub id: Uuid,
    pub revoked_at: OffsetDateTime,
    pub device_name: String,
}

/// Ends a session. `None` when it does not exist or was ended before.
pub(crate) async fn revoke(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    session_id: SessionId,
    reason: EndReason,
) -> sqlx::Result<Option<Ended>> {
    // Not now(): the transaction may have waited for a lock, and `db::revocations` counts on a fresh time stamp.
    sqlx::query_as(
        "UPDATE sessions SET revoked_at = clock_timestamp(), revoke_reason = $3
         WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL
         RETURNING id, revoked_at, device_name",
    )
    .bind(user_id.0)
    .bind(session_id.0)
    .bind(reason.as_str())
    .fetch_optional(db)
    .await
}

/// Ends all of a user's sessions but `kept`. What mentors were given has nothing to do with how one signs in: it ends with the account. Keys
/// have no role: they outlive another one.
pub(crate) async fn revoke_all(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    kept: Option<SessionId>,
    reason: EndReason,
) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as(
        "UPDATE sessions SET revoked_at = clock_timestamp(), revoke_reason = $3
         WHERE user_id = $1 AND id IS DISTINCT FROM $2 AND revoked_at IS NULL AND expires_at > now()
           AND (kind <> 'mentor' OR $3 IN ('account-deleted', 'account-disabled'))
           AND (kind = 'sign-in' OR $3 <> 'role-changed')
         RETURNING id, revoked_at, device_name",
    )
    .bind(user_id.0)
    .bind(kept.map(|kept| kept.0))
    .bind(reason.as_str())
    .fetch_all(db)
    .await
}

/// The sessions that can still be refreshed, newest first, `limit` at most.
pub(crate) async fn list_live(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    limit: i64,
) -> sqlx::Result<Vec<Session>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, device_name, ip_address, sessions.created_at, last_used_at, sessions.expires_at
         FROM sessions JOIN refresh_tokens AS token ON token.user_id = sessions.user_id AND token.session_id = id
         WHERE sessions.user_id = $1 AND kind = 'sign-in' AND revoked_at IS NULL AND sessions.expires_at > now()
           AND consumed_at IS NULL AND token.expires_at > now()
         ORDER BY sessions.created_at DESC, id DESC
         LIMIT $2",
    )
    .bind(user_id.0)
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Deletes up to `limit` sessions that ended more than 30 days ago, with their tokens; how many.
pub(crate) async fn delete_ended(db: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM sessions WHERE (user_id, id) IN (
             SELECT user_id, id FROM sessions
             WHERE revoked_at < now() - interval '30 days' OR expires_at < now() - interval '30 days'
             LIMIT $1)",
    )
    .bind(limit)
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
