//! The tables `exports` and `export_portions`.

use crate::domain::{
    export::{Export, PARTS, Status},
    ids::ExportId,
};
use identity::UserId;
use journal_proto::trades::v1::ExportPartWritten;
use sqlx::{PgConnection, PgExecutor, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

/// The most that a user keeps.
pub const MOST: i64 = 5;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    status: String,
    bytes: i64,
    created_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
    expires_at: OffsetDateTime,
}

impl TryFrom<Row> for Export {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let Row { id, status, bytes, created_at, finished_at, expires_at } = row;
        let status = Status::parse(&status).ok_or_else(|| sqlx::Error::Decode("no such status".into()))?;
        let bytes = u64::try_from(bytes).unwrap_or_default();
        Ok(Self { id: ExportId(id), status, bytes, created_at, finished_at, expires_at })
    }
}

/// Begins an export. While there is another one: constraint `exports_running`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, id: ExportId) -> sqlx::Result<Export> {
    let row: Row = sqlx::query_as(
        "INSERT INTO exports (user_id, id, status) VALUES ($1, $2, 'running')
         RETURNING id, status, bytes, created_at, finished_at, expires_at",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_one(db)
    .await?;
    row.try_into()
}

/// An export that has been running for a day has lost a part, and keeps nobody from another one.
pub async fn give_up_stale(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE exports SET status = 'failed', finished_at = now()
         WHERE user_id = $1 AND status = 'running' AND created_at < now() - interval '1 day'",
    )
    .bind(user.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The exports that are kept, newest first.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Export>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, status, bytes, created_at, finished_at, expires_at FROM exports
         WHERE user_id = $1 AND expires_at > now() ORDER BY id DESC",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Export::try_from).collect()
}

/// One that is kept.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: ExportId) -> sqlx::Result<Option<Export>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, status, bytes, created_at, finished_at, expires_at FROM exports
         WHERE user_id = $1 AND id = $2 AND expires_at > now()",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    row.map(Export::try_from).transpose()
}

/// Keeps what another service handed in; true when nothing is missing any more. Whoever brings the last portions waits for each other.
pub async fn keep(
    tx: &mut PgConnection,
    user: UserId,
    id: ExportId,
    portion: &ExportPartWritten,
) -> sqlx::Result<bool> {
    let running: Option<i32> = sqlx::query_scalar(
        "SELECT 1 FROM exports WHERE user_id = $1 AND id = $2 AND status = 'running' FOR UPDATE",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(&mut *tx)
    .await?;
    if running.is_none() {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO export_portions (user_id, export_id, part, sequence, is_last, file, lines)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(&portion.part)
    .bind(i32::try_from(portion.sequence).unwrap_or(i32::MAX))
    .bind(portion.last)
    .bind(&portion.file)
    .bind(&portion.lines)
    .execute(&mut *tx)
    .await?;
    let complete: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT part FROM export_portions WHERE user_id = $1 AND export_id = $2
             GROUP BY part HAVING bool_or(is_last) AND count(*) = max(sequence) + 1) AS parts",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_one(tx)
    .await?;
    Ok(usize::try_from(complete).is_ok_and(|complete| complete == PARTS))
}

/// Names of the files that others handed in.
pub async fn files(db: impl PgExecutor<'_>, user: UserId, id: ExportId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT DISTINCT file FROM export_portions
         WHERE user_id = $1 AND export_id = $2 AND NOT is_last ORDER BY file",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_all(db)
    .await
}

/// The lines of a file from a portion on, and its place; `None`: there are no more.
pub async fn lines(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ExportId,
    file: &str,
    from: i32,
) -> sqlx::Result<Option<(i32, String)>> {
    sqlx::query_as(
        "SELECT sequence, lines FROM export_portions
         WHERE user_id = $1 AND export_id = $2 AND file = $3 AND sequence >= $4 AND NOT is_last
         ORDER BY sequence LIMIT 1",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(file)
    .bind(from)
    .fetch_optional(db)
    .await
}

/// Ends a running export, with so many bytes or, without, in vain; false when it is over already. What was handed in is forgotten.
pub async fn finish(
    tx: &mut PgConnection,
    user: UserId,
    id: ExportId,
    bytes: Option<u64>,
) -> sqlx::Result<bool> {
    // Not now(): this transaction has been open for as long as the file was written.
    let finished = sqlx::query(
        "UPDATE exports SET status = $3, bytes = $4, finished_at = clock_timestamp()
         WHERE user_id = $1 AND id = $2 AND status = 'running'",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(if bytes.is_some() { "completed" } else { "failed" })
    .bind(i64::try_from(bytes.unwrap_or_default()).unwrap_or(i64::MAX))
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM export_portions WHERE user_id = $1 AND export_id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(tx)
        .await?;
    Ok(finished.rows_affected() == 1)
}

/// Forgets up to `limit` exports whose time is over; whose they were. Row level security shows them to whoever says what for.
pub async fn forget_expired(tx: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<(UserId, ExportId)>> {
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    let gone: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "DELETE FROM exports WHERE (user_id, id) IN (
             SELECT user_id, id FROM exports WHERE expires_at < now() ORDER BY expires_at LIMIT $1)
         RETURNING user_id, id",
    )
    .bind(limit)
    .fetch_all(tx)
    .await?;
    Ok(gone.into_iter().map(|(user, id)| (UserId(user), ExportId(id))).collect())
}
