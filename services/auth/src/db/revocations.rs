//! The ended rows of `sessions`, as those who verify access tokens ask for them again and again.

use crate::domain::session::Revocation;
use runtime::postgres;
use sqlx::{PgExecutor, PgPool, prelude::FromRow};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    user_id: Uuid,
    id: Uuid,
    revoked_at: OffsetDateTime,
}

impl From<Row> for Revocation {
    fn from(row: Row) -> Self {
        Self { user_id: row.user_id, session_id: row.id, revoked_at: row.revoked_at }
    }
}

/// From when on to ask after everything that is committed by now was read: five seconds ago, as a revocation commits a little
/// later than its time stamp says.
pub(crate) async fn horizon(db: impl PgExecutor<'_>) -> sqlx::Result<OffsetDateTime> {
    sqlx::query_scalar("SELECT now() - interval '5 seconds'").fetch_one(db).await
}

/// Sessions ended since a time (absent: for the last ten minutes), oldest first, `limit` at most.
pub(crate) async fn list(
    pool: &PgPool,
    since: Option<OffsetDateTime>,
    limit: i64,
) -> sqlx::Result<Vec<Revocation>> {
    let mut tx = postgres::begin(pool).await?;
    sqlx::query("SELECT set_config('app.purpose', 'list-revocations', true)").execute(&mut *tx).await?;
    // Ten minutes: twice the life of an access token.
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT user_id, id, revoked_at FROM sessions
         WHERE revoked_at >= COALESCE($1, now() - interval '10 minutes')
         ORDER BY revoked_at
         LIMIT $2",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(Revocation::from).collect())
}
