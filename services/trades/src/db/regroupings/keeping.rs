//! What is written about the first trade of a merge alone, while it shows what is written about all of them.

use crate::domain::{
    ids::{RegroupingId, TradeId},
    journal::Journal,
};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

/// The entry that a merge put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The trade that shows all entries.
    pub holder: TradeId,
    /// What was written about it alone; its version is the one of all entries together.
    pub entry: Journal,
}

#[derive(sqlx::FromRow)]
struct Row {
    holder: Uuid,
    notes: String,
    tags: Vec<String>,
    version: i64,
}

/// What a merge put away; `None` while it is not applied.
pub async fn kept(db: impl PgExecutor<'_>, user: UserId, id: RegroupingId) -> sqlx::Result<Option<Kept>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT kept_for AS holder, kept_notes AS notes, kept_tags AS tags, kept_version AS version FROM regroupings
         WHERE user_id = $1 AND id = $2 AND kept_for IS NOT NULL",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept {
        holder: TradeId(row.holder),
        entry: Journal { notes: row.notes, tags: row.tags, version: row.version },
    }))
}

/// Puts an entry away, or forgets the one that was.
pub async fn keep(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: RegroupingId,
    kept: Option<&Kept>,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE regroupings SET kept_for = $3, kept_notes = $4, kept_tags = $5, kept_version = $6
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(kept.map(|kept| kept.holder.0))
    .bind(kept.map(|kept| kept.entry.notes.as_str()))
    .bind(kept.map(|kept| kept.entry.tags.as_slice()))
    .bind(kept.map(|kept| kept.entry.version))
    .execute(db)
    .await?;
    Ok(())
}
