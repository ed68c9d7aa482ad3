//! Fills in the order in which their books take them.

use super::row::{Row, columns};
use crate::db::{exact::Exact, unreadable::unreadable};
use crate::domain::{
    event::EventKey,
    fill::{self, Book, Fill},
    ids::{AccountId, ImportId},
    instant,
};
use identity::UserId;
use sqlx::PgExecutor;
use std::cmp::Ordering;
use time::OffsetDateTime;

#[derive(sqlx::FromRow)]
struct BookRow {
    execution_id: String,
    asset_class: String,
    side: String,
    quantity: Exact,
    price: Exact,
    commission: Exact,
    fees: Exact,
    executed_at: OffsetDateTime,
    sequence: i64,
}

impl BookRow {
    fn into_ledger(self) -> sqlx::Result<(ledger::Fill, String)> {
        let fill = ledger::Fill {
            execution_id: self.execution_id,
            time: instant::to_ledger(self.executed_at),
            sequence: self.sequence,
            side: fill::side_of(&self.side).ok_or_else(|| unreadable("side", &self.side))?,
            quantity: self.quantity.0,
            price: self.price.0,
            commission: self.commission.0,
            fees: self.fees.0,
        };
        Ok((fill, self.asset_class))
    }
}

macro_rules! of_book {
    ($after:literal) => {
        concat!(
            "SELECT execution_id, asset_class, side, quantity::text, price::text, commission::text, fees::text,
                    executed_at, sequence
             FROM fills
             WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
               AND multiplier = $5::text::numeric AND NOT voided AND (executed_at, sequence, execution_id) ",
            $after,
            " ($6, $7, $8)
             ORDER BY executed_at, sequence, execution_id LIMIT $9"
        )
    };
}

/// Where a page of a book begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// With the event here, if there is one.
    At(EventKey),
    /// With what comes after it.
    Behind(EventKey),
}

impl Start {
    /// The place itself.
    pub const fn key(&self) -> &EventKey {
        match self {
            Self::At(key) | Self::Behind(key) => key,
        }
    }
}

/// The place `key` among fills alone, which all have one rank: what comes before or after all fills of its time becomes a
/// place before or after every one of them.
pub(super) fn among_fills(key: &EventKey) -> (OffsetDateTime, i64, &str) {
    match key.rank.cmp(&EventKey::FILL_RANK) {
        Ordering::Less => (key.at, i64::MIN, ""),
        Ordering::Equal => (key.at, key.sequence, &key.id),
        Ordering::Greater => (key.at, i64::MAX, "\u{10ffff}"),
    }
}

/// The next fills of a book in order, each with its asset class.
pub async fn of_book(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    start: &Start,
    limit: i64,
) -> sqlx::Result<Vec<(ledger::Fill, String)>> {
    let sql = match start {
        Start::At(_) => of_book!(">="),
        Start::Behind(_) => of_book!(">"),
    };
    let (at, sequence, id) = among_fills(start.key());
    let rows: Vec<BookRow> = sqlx::query_as(sql)
        .bind(user.0)
        .bind(account.0)
        .bind(&book.symbol)
        .bind(&book.currency)
        .bind(book.multiplier.to_string())
        .bind(at)
        .bind(sequence)
        .bind(id)
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(BookRow::into_ledger).collect()
}

/// The fills of a trade: those of its book from `opening` to `closing`, or to the last one while it is open.
pub async fn of_trade(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    opening: &EventKey,
    closing: Option<&EventKey>,
) -> sqlx::Result<Vec<Fill>> {
    let (from, to) = (among_fills(opening), closing.map(among_fills));
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM fills
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric AND NOT voided AND (executed_at, sequence, execution_id) >= ($6, $7, $8)
           AND ($9::timestamptz IS NULL OR (executed_at, sequence, execution_id) <= ($9, $10, $11))
         ORDER BY executed_at, sequence, execution_id"
    ))
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(from.0)
    .bind(from.1)
    .bind(from.2)
    .bind(to.map(|to| to.0))
    .bind(to.map(|to| to.1))
    .bind(to.map(|to| to.2))
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Fill::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    executed_at: OffsetDateTime,
    sequence: i64,
    execution_id: String,
}

impl KeyRow {
    fn key(self) -> EventKey {
        EventKey {
            at: self.executed_at,
            rank: EventKey::FILL_RANK,
            sequence: self.sequence,
            id: self.execution_id,
        }
    }
}

/// The first fill of a book from `from` on and before `before`.
pub async fn first_between(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    from: &EventKey,
    before: Option<&EventKey>,
) -> sqlx::Result<Option<EventKey>> {
    let (from, before) = (among_fills(from), before.map(among_fills));
    let row: Option<KeyRow> = sqlx::query_as(
        "SELECT executed_at, sequence, execution_id
         FROM fills
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
           AND multiplier = $5::text::numeric AND NOT voided AND (executed_at, sequence, execution_id) >= ($6, $7, $8)
           AND ($9::timestamptz IS NULL OR (executed_at, sequence, execution_id) < ($9, $10, $11))
         ORDER BY executed_at, sequence, execution_id LIMIT 1",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(from.0)
    .bind(from.1)
    .bind(from.2)
    .bind(before.map(|before| before.0))
    .bind(before.map(|before| before.1))
    .bind(before.map(|before| before.2))
    .fetch_optional(db)
    .await?;
    Ok(row.map(KeyRow::key))
}

#[derive(sqlx::FromRow)]
struct TouchedRow {
    symbol: String,
    currency: String,
    multiplier: Exact,
    #[sqlx(flatten)]
    key: KeyRow,
}

/// The books that hold fills of an import, each with the first of these fills.
pub async fn touched_by(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<(Book, EventKey)>> {
    let rows: Vec<TouchedRow> = sqlx::query_as(
        "SELECT DISTINCT ON (symbol, currency, fills.multiplier)
                symbol, currency, multiplier::text, executed_at, sequence, execution_id
         FROM fills WHERE user_id = $1 AND import_id = $2
         ORDER BY symbol, currency, fills.multiplier, executed_at, sequence, execution_id",
    )
    .bind(user.0)
    .bind(import.0)
    .fetch_all(db)
    .await?;
    let touched = rows.into_iter().map(|row| {
        let book = Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 };
        (book, row.key.key())
    });
    Ok(touched.collect())
}
