//! Events as books take them.

use super::row::{Row, columns};
use crate::db::{exact::Exact, fills::Start};
use crate::domain::{
    event::{AccountEvent, EventKey},
    fill::Book,
    ids::{AccountId, ImportId},
};
use identity::UserId;
use sqlx::PgExecutor;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// `SELECT` what takes part in one book, compared with the place `($6, $7, $8, $9)`.
///
/// A split changes every book of its symbol, and so does an expiry. Money and exercises count once: where one symbol has
/// several books in a currency, in that with the least multiplier.
macro_rules! of_book {
    ($compare:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM account_events
              WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND (currency IS NULL OR currency = $4)
                AND (kind IN ('split', 'expiry') OR $5::text::numeric <= ALL (
                     SELECT multiplier FROM fills WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4 AND NOT voided))
                AND (occurred_at, rank, sequence, event_id) ",
            $compare,
            " ($6, $7, $8, $9)
                AND ($10::timestamptz IS NULL OR (occurred_at, rank, sequence, event_id) <= ($10, $11, $12, $13))
              ORDER BY occurred_at, rank, sequence, event_id"
        )
    };
}

/// The events that a book takes from `start` to `end`, or to the last one, in order.
pub async fn of_book(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    start: &Start,
    end: Option<&EventKey>,
) -> sqlx::Result<Vec<AccountEvent>> {
    let sql = match start {
        Start::At(_) => of_book!(">="),
        Start::Behind(_) => of_book!(">"),
    };
    let from = start.key();
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(user.0)
        .bind(account.0)
        .bind(&book.symbol)
        .bind(&book.currency)
        .bind(book.multiplier.to_string())
        .bind(from.at)
        .bind(from.rank)
        .bind(from.sequence)
        .bind(&from.id)
        .bind(end.map(|end| end.at))
        .bind(end.map(|end| end.rank))
        .bind(end.map(|end| end.sequence))
        .bind(end.map(|end| end.id.as_str()))
        .fetch_all(db)
        .await?;
    rows.into_iter().map(AccountEvent::try_from).collect()
}

/// The events of a trade: those of its book from `opening` to `closing`, or to the last one while it is open.
pub async fn of_trade(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    opening: &EventKey,
    closing: Option<&EventKey>,
) -> sqlx::Result<Vec<AccountEvent>> {
    of_book(db, user, account, book, &Start::At(opening.clone()), closing).await
}

/// Those of the symbols in which an account has events.
pub async fn held_symbols(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbols: &[&str],
) -> sqlx::Result<BTreeSet<String>> {
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT symbol FROM UNNEST($3::text[]) AS asked (symbol)
         WHERE EXISTS (SELECT 1 FROM account_events AS event
                       WHERE event.user_id = $1 AND event.account_id = $2
                         AND event.symbol = asked.symbol COLLATE \"C\")",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().collect())
}

#[derive(sqlx::FromRow)]
struct BookRow {
    symbol: String,
    currency: String,
    multiplier: Exact,
}

impl From<BookRow> for Book {
    fn from(row: BookRow) -> Self {
        Self { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 }
    }
}

/// All books of an account in some symbols.
pub async fn books_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbols: &[&str],
) -> sqlx::Result<Vec<Book>> {
    let rows: Vec<BookRow> = sqlx::query_as(
        "SELECT symbol, currency, multiplier::text FROM (
             SELECT DISTINCT symbol, currency, multiplier FROM fills
             WHERE user_id = $1 AND account_id = $2 AND symbol = ANY($3) AND NOT voided) AS books",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Book::from).collect())
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    symbol: String,
    occurred_at: OffsetDateTime,
    rank: i16,
    sequence: i64,
    event_id: String,
}

impl KeyRow {
    fn into_pair(self) -> (String, EventKey) {
        let key =
            EventKey { at: self.occurred_at, rank: self.rank, sequence: self.sequence, id: self.event_id };
        (self.symbol, key)
    }
}

/// The symbols in which an import has events, each with the first of them.
pub async fn touched_by(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<(String, EventKey)>> {
    let rows: Vec<KeyRow> = sqlx::query_as(
        "SELECT DISTINCT ON (symbol) symbol, occurred_at, rank, sequence, event_id FROM account_events
         WHERE user_id = $1 AND import_id = $2 AND symbol IS NOT NULL
         ORDER BY symbol, occurred_at, rank, sequence, event_id",
    )
    .bind(user.0)
    .bind(import.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(KeyRow::into_pair).collect())
}

/// Of the symbols that have several books in one currency, the first event that only one of these takes: which one may
/// have changed with the fills.
pub async fn count_in_one_book(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbols: &[&str],
) -> sqlx::Result<Vec<(String, EventKey)>> {
    let rows: Vec<KeyRow> = sqlx::query_as(
        "SELECT DISTINCT ON (symbol) symbol, occurred_at, rank, sequence, event_id FROM account_events
         WHERE user_id = $1 AND account_id = $2 AND symbol = ANY($3) AND kind IN ('cash', 'exercise')
         ORDER BY symbol, occurred_at, rank, sequence, event_id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(KeyRow::into_pair).collect())
}
