//! The table `trades`: reading what a filter selects.

use super::exact;
use crate::{domain::Filter, error::Error};
use ledger::Decimal;
use sqlx::{PgExecutor, PgPool};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A closed trade as statistics see it, with its closing time on its account's clock.
pub(crate) struct ClosedRow {
    pub symbol: String,
    pub side: String,
    pub opened_at: OffsetDateTime,
    pub closed_at: OffsetDateTime,
    pub gross: Decimal,
    pub net: Decimal,
    pub commissions: Decimal,
    pub fees: Decimal,
    pub volume: Decimal,
    /// The day it closed.
    pub day: Date,
    /// 0..23: the hour it closed.
    pub hour: u8,
}

#[derive(sqlx::FromRow)]
struct Row {
    symbol: String,
    side: String,
    opened_at: OffsetDateTime,
    closed_at: OffsetDateTime,
    gross_pnl: String,
    net_pnl: String,
    commissions: String,
    fees: String,
    volume: String,
    day: Date,
    hour: i32,
}

impl TryFrom<Row> for ClosedRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            symbol: row.symbol,
            side: row.side,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            gross: exact(&row.gross_pnl)?,
            net: exact(&row.net_pnl)?,
            commissions: exact(&row.commissions)?,
            fees: exact(&row.fees)?,
            volume: exact(&row.volume)?,
            day: row.day,
            hour: u8::try_from(row.hour).map_err(|_| Error::Malformed("hour".to_owned()))?,
        })
    }
}

/// Closed trades of one currency in the order they closed.
pub(crate) async fn closed(
    pool: &PgPool,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> Result<Vec<ClosedRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT t.symbol, t.side, t.opened_at, t.closed_at, t.gross_pnl::text, t.net_pnl::text, t.commissions::text,
                t.fees::text, t.volume::text,
                (t.closed_at AT TIME ZONE coalesce(a.time_zone, 'UTC'))::date AS day,
                extract(hour FROM t.closed_at AT TIME ZONE coalesce(a.time_zone, 'UTC'))::int AS hour
         FROM trades t LEFT JOIN accounts a ON a.user_id = t.user_id AND a.id = t.account_id
         WHERE t.user_id = $1 AND t.currency = $2 AND t.status = 'closed' AND NOT t.removed
           AND ($3::uuid IS NULL OR t.account_id = $3) AND ($4::text IS NULL OR t.symbol = $4)
           AND ($5::text IS NULL OR t.side = $5)
           AND ($6::timestamptz IS NULL OR t.closed_at >= $6) AND ($7::timestamptz IS NULL OR t.closed_at < $7)
         ORDER BY t.closed_at, t.account_id, t.symbol, t.opened_at, t.id",
    )
    .bind(user_id)
    .bind(currency)
    .bind(filter.account_id)
    .bind(&filter.symbol)
    .bind(&filter.side)
    .bind(filter.from)
    .bind(filter.to)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(ClosedRow::try_from).collect()
}

/// Currencies of the closed trades that the filter selects, the most frequent first.
pub(crate) async fn currencies(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT currency FROM trades
         WHERE user_id = $1 AND status = 'closed' AND NOT removed
           AND ($2::uuid IS NULL OR account_id = $2) AND ($3::text IS NULL OR symbol = $3)
           AND ($4::text IS NULL OR side = $4)
           AND ($5::timestamptz IS NULL OR closed_at >= $5) AND ($6::timestamptz IS NULL OR closed_at < $6)
         GROUP BY currency ORDER BY count(*) DESC, currency",
    )
    .bind(user_id)
    .bind(filter.account_id)
    .bind(&filter.symbol)
    .bind(&filter.side)
    .bind(filter.from)
    .bind(filter.to)
    .fetch_all(db)
    .await
}

/// How many trades of the filter's accounts, symbols and sides are open in `currency`.
pub(crate) async fn open_count(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM trades
         WHERE user_id = $1 AND currency = $2 AND status = 'open' AND NOT removed
           AND ($3::uuid IS NULL OR account_id = $3) AND ($4::text IS NULL OR symbol = $4)
           AND ($5::text IS NULL OR side = $5)",
    )
    .bind(user_id)
    .bind(currency)
    .bind(filter.account_id)
    .bind(&filter.symbol)
    .bind(&filter.side)
    .fetch_one(db)
    .await
}

/// The currency of the filter's account, or of any account of the user: for when there are no trades yet.
pub(crate) async fn account_currency(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT currency FROM accounts
         WHERE user_id = $1 AND NOT deleted AND ($2::uuid IS NULL OR id = $2) ORDER BY id LIMIT 1",
    )
    .bind(user_id)
    .bind(filter.account_id)
    .fetch_optional(db)
    .await
}

/// The opening balances of the filter's accounts in `currency` together; `None` when one of them has none.
pub(crate) async fn opening_balance(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> Result<Option<Decimal>, Error> {
    let (sum, missing): (Option<String>, i64) = sqlx::query_as(
        "SELECT sum(opening_balance)::text, count(*) FILTER (WHERE opening_balance IS NULL) FROM accounts
         WHERE user_id = $1 AND currency = $2 AND NOT deleted AND ($3::uuid IS NULL OR id = $3)",
    )
    .bind(user_id)
    .bind(currency)
    .bind(filter.account_id)
    .fetch_one(db)
    .await?;
    match sum {
        Some(sum) if missing == 0 => exact(&sum).map(Some),
        _ => Ok(None),
    }
}
