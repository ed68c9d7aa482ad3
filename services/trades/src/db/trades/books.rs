//! Trades in the order in which their book holds them.

use crate::db::exact::Exact;
use crate::domain::{
    fill::{Book, FillKey},
    ids::{AccountId, TradeId},
};
use identity::UserId;
use ledger::Decimal;
use sqlx::PgExecutor;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Where a book has to be matched again from, and what of the first fill there closed the trade before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// The first fill to match again.
    pub from: FillKey,
    /// 0 when the book is flat there.
    pub closed_quantity: Decimal,
}

#[derive(sqlx::FromRow)]
struct RestartRow {
    opened_at: OffsetDateTime,
    opening_sequence: i64,
    opening_execution_id: String,
    opening_closed_quantity: Exact,
}

/// Where matching has to begin when the fills of a book changed at `changed` and after it: at the opening of the trade
/// that was open there, else at `changed` itself.
pub async fn restart_point(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    changed: &FillKey,
) -> sqlx::Result<Restart> {
    let open_there: Option<RestartRow> = sqlx::query_as(
        "SELECT opened_at, opening_sequence, opening_execution_id, opening_closed_quantity::text
         FROM (SELECT * FROM trades
               WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
                 AND multiplier = $5::text::numeric
                 AND (opened_at, opening_sequence, opening_execution_id) < ($6, $7, $8)
               ORDER BY opened_at DESC, opening_sequence DESC, opening_execution_id DESC LIMIT 1) AS before
         WHERE closed_at IS NULL OR (closed_at, closing_sequence, closing_execution_id) >= ($6, $7, $8)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(changed.executed_at)
    .bind(changed.sequence)
    .bind(&changed.execution_id)
    .fetch_optional(db)
    .await?;
    Ok(open_there.map_or_else(
        || Restart { from: changed.clone(), closed_quantity: Decimal::ZERO },
        |row| Restart {
            from: FillKey {
                executed_at: row.opened_at,
                sequence: row.opening_sequence,
                execution_id: row.opening_execution_id,
            },
            closed_quantity: row.opening_closed_quantity.0,
        },
    ))
}

/// A trade that a rebuild left no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Its id.
    pub id: TradeId,
    /// Where its first fill stood.
    pub opening: FillKey,
    /// Where the fill stood that closed it.
    pub closing: Option<FillKey>,
}

#[derive(sqlx::FromRow)]
struct VanishedRow {
    id: Uuid,
    opened_at: OffsetDateTime,
    opening_sequence: i64,
    opening_execution_id: String,
    closed_at: Option<OffsetDateTime>,
    closing_sequence: Option<i64>,
    closing_execution_id: Option<String>,
}

impl From<VanishedRow> for Vanished {
    fn from(row: VanishedRow) -> Self {
        let closing = row.closed_at.zip(row.closing_sequence).zip(row.closing_execution_id);
        Self {
            id: TradeId(row.id),
            opening: FillKey {
                executed_at: row.opened_at,
                sequence: row.opening_sequence,
                execution_id: row.opening_execution_id,
            },
            closing: closing.map(|((executed_at, sequence), execution_id)| FillKey {
                executed_at,
                sequence,
                execution_id,
            }),
        }
    }
}

/// Removes the trades of a book that open at `from` or later and are none of `kept`.
pub async fn delete_vanished(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    from: &FillKey,
    kept: &[TradeId],
) -> sqlx::Result<Vec<Vanished>> {
    let kept: Vec<Uuid> = kept.iter().map(|id| id.0).collect();
    let rows: Vec<VanishedRow> = sqlx::query_as(
        "DELETE FROM trades AS t
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric
           AND (opened_at, opening_sequence, opening_execution_id) >= ($6, $7, $8)
           AND NOT EXISTS (SELECT 1 FROM UNNEST($9::uuid[]) AS kept (id) WHERE kept.id = t.id)
         RETURNING id, opened_at, opening_sequence, opening_execution_id, closed_at, closing_sequence,
                   closing_execution_id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(from.executed_at)
    .bind(from.sequence)
    .bind(&from.execution_id)
    .bind(kept)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Vanished::from).collect())
}

/// The trade that holds a fill of a book; of two trades that a flip divides, the one that it opens.
pub async fn holder_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    fill: &FillKey,
) -> sqlx::Result<Option<TradeId>> {
    let id: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM trades
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric
           AND (opened_at, opening_sequence, opening_execution_id) <= ($6, $7, $8)
         ORDER BY opened_at DESC, opening_sequence DESC, opening_execution_id DESC LIMIT 1",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(fill.executed_at)
    .bind(fill.sequence)
    .bind(&fill.execution_id)
    .fetch_optional(db)
    .await?;
    Ok(id.map(TradeId))
}

/// Realised figures of trades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Realised {
    /// Before costs.
    pub gross: Decimal,
    /// After costs.
    pub net: Decimal,
}

/// What the trades of some books realised that were open at any time from `first` to `last`, by currency.
pub async fn realised_within(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    books: &BTreeSet<Book>,
    (first, last): (OffsetDateTime, OffsetDateTime),
) -> sqlx::Result<BTreeMap<String, Realised>> {
    let symbols: Vec<&str> = books.iter().map(|book| book.symbol.as_str()).collect();
    let currencies: Vec<&str> = books.iter().map(|book| book.currency.as_str()).collect();
    let multipliers: Vec<String> = books.iter().map(|book| book.multiplier.to_string()).collect();
    let rows: Vec<(String, Exact, Exact)> = sqlx::query_as(
        "SELECT t.currency, sum(t.gross_pnl)::text, sum(t.net_pnl)::text
         FROM UNNEST($3::text[], $4::text[], $5::text[]) AS book (symbol, currency, multiplier)
         JOIN trades AS t ON t.user_id = $1 AND t.account_id = $2 AND t.symbol = book.symbol
              AND t.currency = book.currency AND t.multiplier = book.multiplier::numeric
         WHERE t.opened_at <= $7 AND (t.closed_at IS NULL OR t.closed_at >= $6)
         GROUP BY t.currency",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .bind(currencies)
    .bind(multipliers)
    .bind(first)
    .bind(last)
    .fetch_all(db)
    .await?;
    let by_currency =
        rows.into_iter().map(|(currency, gross, net)| (currency, Realised { gross: gross.0, net: net.0 }));
    Ok(by_currency.collect())
}
