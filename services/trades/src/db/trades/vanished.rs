//! Trades that a rebuild leaves no place for, and the trades that hold their fills now.

use super::row::closing;
use crate::domain::{
    event::EventKey,
    fill::Book,
    ids::{AccountId, TradeId},
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A trade that a rebuild left no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Its id.
    pub id: TradeId,
    /// Where its first event stood.
    pub opening: EventKey,
    /// Where the event stood that closed it.
    pub closing: Option<EventKey>,
}

#[derive(sqlx::FromRow)]
struct VanishedRow {
    id: Uuid,
    opening_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
    closing_at: Option<OffsetDateTime>,
    closing_rank: Option<i16>,
    closing_sequence: Option<i64>,
    closing_execution_id: Option<String>,
}

impl From<VanishedRow> for Vanished {
    fn from(row: VanishedRow) -> Self {
        let opening = EventKey {
            at: row.opening_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        let closing =
            closing(row.closing_at, row.closing_rank, row.closing_sequence, row.closing_execution_id);
        Self { id: TradeId(row.id), opening, closing }
    }
}

/// Removes the trades of a book that open at `from` or later and are none of `kept`.
pub async fn delete_vanished(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    from: &EventKey,
    kept: &[TradeId],
) -> sqlx::Result<Vec<Vanished>> {
    let kept: Vec<Uuid> = kept.iter().map(|id| id.0).collect();
    let rows: Vec<VanishedRow> = sqlx::query_as(
        "DELETE FROM trades AS t
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric
           AND (opening_at, opening_rank, opening_sequence, opening_execution_id) >= ($6, $7, $8, $9)
           AND NOT EXISTS (SELECT 1 FROM UNNEST($10::uuid[]) AS kept (id) WHERE kept.id = t.id)
         RETURNING id, opening_at, opening_rank, opening_sequence, opening_execution_id, closing_at, closing_rank,
                   closing_sequence, closing_execution_id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(from.at)
    .bind(from.rank)
    .bind(from.sequence)
    .bind(&from.id)
    .bind(kept)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Vanished::from).collect())
}

/// The trade that holds a fill of a book; of two trades that a flip divides, the one that it opens, and of the parts of a
/// round trip the first.
pub async fn holder_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    fill: &EventKey,
) -> sqlx::Result<Option<TradeId>> {
    let id: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM trades
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric
           AND (opening_at, opening_rank, opening_sequence, opening_execution_id) <= ($6, $7, $8, $9)
         ORDER BY opening_at DESC, opening_rank DESC, opening_sequence DESC, opening_execution_id DESC,
                  part NULLS FIRST LIMIT 1",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(fill.at)
    .bind(fill.rank)
    .bind(fill.sequence)
    .bind(&fill.id)
    .fetch_optional(db)
    .await?;
    Ok(id.map(TradeId))
}
