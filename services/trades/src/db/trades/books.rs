//! Trades in the order in which their book holds them.

use super::row::{closed_quantity, closing};
use crate::db::exact::Exact;
use crate::domain::{
    event::EventKey,
    fill::Book,
    ids::{AccountId, TradeId},
    matching::Resume,
    trade,
};
use identity::UserId;
use ledger::Decimal;
use sqlx::PgExecutor;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Where a book has to be matched again from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// The first event to match again.
    pub from: EventKey,
    /// The trade that it opens, when the book is not flat there.
    pub resume: Resume,
}

#[derive(sqlx::FromRow)]
struct RestartRow {
    opened_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
    opening_closed_quantity: Exact,
    opening_closed_exact: Option<String>,
    side: String,
    asset_class: String,
}

impl TryFrom<RestartRow> for Restart {
    type Error = sqlx::Error;

    fn try_from(row: RestartRow) -> sqlx::Result<Self> {
        let resume = Resume {
            closed_quantity: closed_quantity(row.opening_closed_quantity, row.opening_closed_exact)?,
            opens: trade::direction_of(&row.side).map(|direction| (direction, row.asset_class)),
        };
        let from = EventKey {
            at: row.opened_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        Ok(Self { from, resume })
    }
}

/// Where matching has to begin when the events of a book changed at `changed` and after it: at the opening of the trade
/// that was open there, else at `changed` itself.
pub async fn restart_point(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    changed: &EventKey,
) -> sqlx::Result<Restart> {
    let open_there: Option<RestartRow> = sqlx::query_as(
        "SELECT opened_at, opening_rank, opening_sequence, opening_execution_id, opening_closed_quantity::text,
                opening_closed_exact, side, asset_class
         FROM (SELECT * FROM trades
               WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
                 AND multiplier = $5::text::numeric
                 AND (opened_at, opening_rank, opening_sequence, opening_execution_id) < ($6, $7, $8, $9)
               ORDER BY opened_at DESC, opening_rank DESC, opening_sequence DESC, opening_execution_id DESC
               LIMIT 1) AS before
         WHERE closed_at IS NULL
            OR (closed_at, closing_rank, closing_sequence, closing_execution_id) >= ($6, $7, $8, $9)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(changed.at)
    .bind(changed.rank)
    .bind(changed.sequence)
    .bind(&changed.id)
    .fetch_optional(db)
    .await?;
    open_there
        .map_or_else(|| Ok(Restart { from: changed.clone(), resume: Resume::default() }), Restart::try_from)
}

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
    opened_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
    closed_at: Option<OffsetDateTime>,
    closing_rank: Option<i16>,
    closing_sequence: Option<i64>,
    closing_execution_id: Option<String>,
}

impl From<VanishedRow> for Vanished {
    fn from(row: VanishedRow) -> Self {
        let opening = EventKey {
            at: row.opened_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        let closing =
            closing(row.closed_at, row.closing_rank, row.closing_sequence, row.closing_execution_id);
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
           AND (opened_at, opening_rank, opening_sequence, opening_execution_id) >= ($6, $7, $8, $9)
           AND NOT EXISTS (SELECT 1 FROM UNNEST($10::uuid[]) AS kept (id) WHERE kept.id = t.id)
         RETURNING id, opened_at, opening_rank, opening_sequence, opening_execution_id, closed_at, closing_rank,
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

/// The trade that holds a fill of a book; of two trades that a flip divides, the one that it opens.
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
           AND (opened_at, opening_rank, opening_sequence, opening_execution_id) <= ($6, $7, $8, $9)
         ORDER BY opened_at DESC, opening_rank DESC, opening_sequence DESC, opening_execution_id DESC LIMIT 1",
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

#[derive(sqlx::FromRow)]
struct OpenRow {
    symbol: String,
    currency: String,
    multiplier: Exact,
    opened_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
}

impl From<OpenRow> for (Book, EventKey) {
    fn from(row: OpenRow) -> Self {
        let key = EventKey {
            at: row.opened_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        (Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 }, key)
    }
}

/// The books of an account in which a trade is open, each with the place at which it opened.
pub async fn open(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<(Book, EventKey)>> {
    let rows: Vec<OpenRow> = sqlx::query_as(
        "SELECT symbol, currency, multiplier::text, opened_at, opening_rank, opening_sequence, opening_execution_id
         FROM trades WHERE user_id = $1 AND account_id = $2 AND closed_at IS NULL",
    )
    .bind(user.0)
    .bind(account.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(<(Book, EventKey)>::from).collect())
}

/// A trade that an execution opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The execution.
    pub execution_id: String,
    /// Its line in the file of its import.
    pub line: i64,
    /// The instrument.
    pub symbol: String,
    /// The trade's side.
    pub side: String,
    /// What of the execution opened the trade.
    pub missing: Decimal,
    /// The book has no earlier trade.
    pub first_of_book: bool,
}

/// The trades of an account that some executions opened.
pub async fn opened_by(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    execution_ids: &[&str],
) -> sqlx::Result<Vec<Opened>> {
    let rows: Vec<(String, i64, String, String, Exact, bool)> = sqlx::query_as(
        "SELECT fill.execution_id, fill.line, t.symbol, t.side, (fill.quantity - t.opening_closed_quantity)::text,
              NOT EXISTS (SELECT FROM trades AS earlier
                  WHERE earlier.user_id = t.user_id AND earlier.account_id = t.account_id AND earlier.symbol = t.symbol
                  AND earlier.currency = t.currency AND earlier.multiplier = t.multiplier
                  AND earlier.id <> t.id AND earlier.opened_at <= t.opened_at)
         FROM fills AS fill
         JOIN trades AS t ON t.user_id = fill.user_id AND t.account_id = fill.account_id
              AND t.symbol = fill.symbol AND t.currency = fill.currency AND t.multiplier = fill.multiplier
              AND t.opened_at = fill.executed_at AND t.opening_execution_id = fill.execution_id
         WHERE fill.user_id = $1 AND fill.account_id = $2 AND fill.execution_id = ANY($3)
         ORDER BY fill.line",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(execution_ids)
    .fetch_all(db)
    .await?;
    let opened = rows.into_iter().map(|(execution_id, line, symbol, side, missing, first_of_book)| Opened {
        execution_id,
        line,
        symbol,
        side,
        missing: missing.0,
        first_of_book,
    });
    Ok(opened.collect())
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
