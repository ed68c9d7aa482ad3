//! Imports as their owner sees them.

use super::row::Row;
use crate::db::unreadable::unreadable;
use crate::domain::{
    ids::{AccountId, ImportId},
    import::{Import, ImportStatus},
    page::Place,
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor, Postgres, QueryBuilder};

/// One import with its diagnostics.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: ImportId) -> sqlx::Result<Option<Import>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, account_id, status, coalesce(format, requested_format, '') AS format, file_name, file_bytes,
                progress, rows_total, rows_read, rows_skipped, rows_rejected, fills_new, fills_known,
                fills_changed, trades_opened, trades_closed, trades_changed, confidence, time_sources, events_new, events_known,
                diagnostics, diagnostics_total,
                reconciliation, failure, same_file_known, created_at, finished_at
         FROM imports WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    row.map(Import::try_from).transpose()
}

/// A page of imports, newest first, after `place`. Their diagnostics are counted but left out: [`find`] has them.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: Option<AccountId>,
    place: Option<Place>,
    limit: usize,
) -> sqlx::Result<Vec<Import>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "SELECT id, account_id, status, coalesce(format, requested_format, '') AS format, file_name, file_bytes,
                progress, rows_total, rows_read, rows_skipped, rows_rejected, fills_new, fills_known,
                fills_changed, trades_opened, trades_closed, trades_changed, confidence, time_sources, events_new, events_known,
                '[]'::jsonb AS diagnostics,
                diagnostics_total, reconciliation, failure, same_file_known, created_at, finished_at
         FROM imports WHERE user_id = ",
    );
    query.push_bind(user.0);
    if let Some(account) = account {
        query.push(" AND account_id = ").push_bind(account.0);
    }
    if let Some(place) = place {
        query.push(" AND id < ").push_bind(place.id);
    }
    query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// How far an import is, locked until the transaction ends.
pub async fn lock_status(
    tx: &mut PgConnection,
    user: UserId,
    id: ImportId,
) -> sqlx::Result<Option<ImportStatus>> {
    let status: Option<String> =
        sqlx::query_scalar("SELECT status FROM imports WHERE user_id = $1 AND id = $2 FOR NO KEY UPDATE")
            .bind(user.0)
            .bind(id.0)
            .fetch_optional(tx)
            .await?;
    status.map(|name| ImportStatus::of_name(&name).ok_or_else(|| unreadable("status", name))).transpose()
}

/// Every import of a user, and the key of its file.
pub async fn stored_files(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<(uuid::Uuid, String)>> {
    sqlx::query_as("SELECT id, object_key FROM imports WHERE user_id = $1 ORDER BY id")
        .bind(user.0)
        .fetch_all(db)
        .await
}
