//! The steps of an import through its states.

use super::row::count;
use crate::domain::{
    ids::ImportId,
    import::{Diagnostics, Findings, Rows},
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use time::OffsetDateTime;

/// A worker begins (again) with an import that is not finished, or was given up.
pub async fn start(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ImportId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE imports SET status = 'running', progress = 0, rows_read = 0, started_at = $3, failure = '', finished_at = NULL
         WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'failed')",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// A worker got further.
pub async fn report_progress(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ImportId,
    percent: u32,
    rows_read: u64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE imports SET progress = $3, rows_read = $4
         WHERE user_id = $1 AND id = $2 AND status = 'running'",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(i32::try_from(percent).unwrap_or(100))
    .bind(count(rows_read))
    .execute(db)
    .await?;
    Ok(())
}

/// What an import brought is in the journal. Two uploads of one file may have been queued together: only now is it
/// certain which came first.
pub async fn complete(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ImportId,
    format: &str,
    findings: &Findings,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Findings { rows, fills, events, trades, diagnostics, reconciliation, .. } = findings;
    sqlx::query(
        "UPDATE imports AS this
         SET status = 'completed', progress = 100, failure = '', format = $3, rows_total = $4, rows_read = $5,
             rows_skipped = $6, rows_rejected = $7, fills_new = $8, fills_known = $9, fills_changed = $10,
             trades_opened = $11, trades_closed = $12, trades_changed = $13, diagnostics = $14,
             diagnostics_total = $15, reconciliation = $16, finished_at = $17, confidence = $18, time_sources = $19,
             events_new = $20, events_known = $21,
             same_file_known = EXISTS (
                 SELECT 1 FROM imports AS other
                 WHERE other.user_id = this.user_id AND other.account_id = this.account_id
                   AND other.file_sha256 = this.file_sha256 AND other.status = 'completed')
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(format)
    .bind(count(rows.total))
    .bind(count(rows.read))
    .bind(count(rows.skipped))
    .bind(count(rows.rejected))
    .bind(count(fills.new))
    .bind(count(fills.known))
    .bind(count(fills.changed))
    .bind(count(trades.opened))
    .bind(count(trades.closed))
    .bind(count(trades.changed))
    .bind(Json(&diagnostics.first))
    .bind(count(diagnostics.total))
    .bind(Json(reconciliation))
    .bind(now)
    .bind(findings.confidence)
    .bind(&findings.time_sources)
    .bind(count(events.new))
    .bind(count(events.known))
    .execute(db)
    .await?;
    Ok(())
}

/// Nothing of an import is in the journal, and why.
pub async fn fail(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: ImportId,
    failure: &str,
    (format, rows, diagnostics): (Option<&str>, &Rows, &Diagnostics),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE imports
         SET status = 'failed', failure = $3, format = $4, rows_total = $5, rows_read = $6, rows_skipped = $7,
             rows_rejected = $8, diagnostics = $9, diagnostics_total = $10, finished_at = $11
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(failure)
    .bind(format)
    .bind(count(rows.total))
    .bind(count(rows.read))
    .bind(count(rows.skipped))
    .bind(count(rows.rejected))
    .bind(Json(&diagnostics.first))
    .bind(count(diagnostics.total))
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// What an import brought was taken back.
pub async fn mark_undone(db: impl PgExecutor<'_>, user: UserId, id: ImportId) -> sqlx::Result<()> {
    sqlx::query("UPDATE imports SET status = 'undone' WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}
