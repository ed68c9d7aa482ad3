//! The table `audit_log`, to which rows are only ever added.

use crate::domain::device::Device;
use identity::{SessionId, UserId};
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

/// A line of the log.
#[derive(Debug, FromRow)]
pub(crate) struct Line {
    pub id: Uuid,
    pub at: OffsetDateTime,
    pub kind: String,
    pub detail: String,
    pub ip_address: String,
    pub device_name: String,
}

/// Adds a line about something that came from `device`.
pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    kind: &str,
    detail: &str,
    device: &Device,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO audit_log (user_id, id, kind, detail, ip_address, device_name) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user_id.0)
    .bind(Uuid::now_v7())
    .bind(kind)
    .bind(detail)
    .bind(&device.ip_address)
    .bind(&device.name)
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a line about something that came from the device of a session.
pub(crate) async fn insert_of_session(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    kind: &str,
    detail: &str,
    session_id: SessionId,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO audit_log (user_id, id, kind, detail, ip_address, device_name)
         SELECT $1, $2, $3, $4, COALESCE(min(ip_address), ''), COALESCE(min(device_name), '')
         FROM sessions WHERE user_id = $1 AND id = $5",
    )
    .bind(user_id.0)
    .bind(Uuid::now_v7())
    .bind(kind)
    .bind(detail)
    .bind(session_id.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The lines before one of them, newest first, `limit` at most.
pub(crate) async fn list(
    db: impl PgExecutor<'_>,
    user_id: UserId,
    before: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT id, at, kind, detail, ip_address, device_name FROM audit_log
         WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
    )
    .bind(user_id.0)
    .bind(before)
    .bind(limit)
    .fetch_all(db)
    .await
}

/// Deletes the log of a user who is gone.
pub(crate) async fn delete_all(db: impl PgExecutor<'_>, user_id: UserId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM audit_log WHERE user_id = $1").bind(user_id.0).execute(db).await?;
    Ok(())
}

/// Deletes up to `limit` lines that are a year old; how many.
pub(crate) async fn delete_old(tx: &mut PgConnection, limit: i64) -> sqlx::Result<u64> {
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    let deleted = sqlx::query(
        "DELETE FROM audit_log WHERE (user_id, id) IN (
             SELECT user_id, id FROM audit_log WHERE at < now() - interval '1 year' ORDER BY at LIMIT $1)",
    )
    .bind(limit)
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected())
}
