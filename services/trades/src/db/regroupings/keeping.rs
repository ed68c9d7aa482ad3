//! What is written about the first trade of a merge alone, while it shows what is written about all of them.

use crate::domain::{
    ids::{RegroupingId, TradeId},
    journal::Journal,
    labels::Labels,
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
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
    id: Uuid,
    holder: Uuid,
    notes: String,
    tags: Vec<String>,
    version: i64,
    labels: Option<Json<Labels>>,
}

impl Row {
    fn into_kept(self) -> (RegroupingId, Kept) {
        let Self { id, holder, notes, tags, version, labels } = self;
        let labels = labels.map(|labels| labels.0).unwrap_or_default();
        (RegroupingId(id), Kept { holder: TradeId(holder), entry: Journal { notes, tags, labels, version } })
    }
}

/// What a merge put away; `None` while it is not applied.
pub async fn kept(db: impl PgExecutor<'_>, user: UserId, id: RegroupingId) -> sqlx::Result<Option<Kept>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, kept_for AS holder, kept_notes AS notes, kept_tags AS tags, kept_version AS version, kept_labels AS labels
         FROM regroupings WHERE user_id = $1 AND id = $2 AND kept_for IS NOT NULL",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.into_kept().1))
}

/// What all merges of a user put away.
pub async fn all_kept(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<(RegroupingId, Kept)>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kept_for AS holder, kept_notes AS notes, kept_tags AS tags, kept_version AS version, kept_labels AS labels
         FROM regroupings WHERE user_id = $1 AND kept_for IS NOT NULL ORDER BY id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Row::into_kept).collect())
}

/// Puts an entry away, or forgets the one that was.
pub async fn keep(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: RegroupingId,
    kept: Option<&Kept>,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE regroupings SET kept_for = $3, kept_notes = $4, kept_tags = $5, kept_version = $6,
                kept_labels = $7
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id.0)
    .bind(kept.map(|kept| kept.holder.0))
    .bind(kept.map(|kept| kept.entry.notes.as_str()))
    .bind(kept.map(|kept| kept.entry.tags.as_slice()))
    .bind(kept.map(|kept| kept.entry.version))
    .bind(kept.map(|kept| Json(&kept.entry.labels)))
    .execute(db)
    .await?;
    Ok(())
}
