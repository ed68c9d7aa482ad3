//! The table `price_bars`.

use super::exact::Exact;
use crate::domain::price_bar::{BarSeries, PriceBar, Stretch};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;

/// The most that one user has.
pub const MOST: i64 = 1_000_000;

/// Rows stored by one statement.
const AT_ONCE: usize = 10_000;

/// Waits until nobody else changes the bars of this user.
pub async fn lock(tx: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('price_bars ' || $1::text, 0))")
        .bind(user.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// How many bars a user has.
pub async fn count(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM price_bars WHERE user_id = $1").bind(user.0).fetch_one(db).await
}

/// Whether a user has bars.
pub async fn any(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let any = "SELECT EXISTS (SELECT FROM price_bars WHERE user_id = $1)";
    sqlx::query_scalar(any).bind(user.0).fetch_one(db).await
}

/// Puts bars, the oldest first, in the place of those that are known of the time from the first to the last of them.
pub async fn replace(
    tx: &mut PgConnection,
    user: UserId,
    symbol: &str,
    bars: &[PriceBar],
) -> sqlx::Result<()> {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return Ok(()) };
    sqlx::query(
        "DELETE FROM price_bars WHERE user_id = $1 AND symbol = $2 AND starts_at < $4 AND ends_at > $3",
    )
    .bind(user.0)
    .bind(symbol)
    .bind(first.starts_at)
    .bind(last.ends_at)
    .execute(&mut *tx)
    .await?;
    for some in bars.chunks(AT_ONCE) {
        let texts = |price: fn(&PriceBar) -> ledger::Decimal| -> Vec<String> {
            some.iter().map(|bar| price(bar).to_string()).collect()
        };
        sqlx::query(
            "INSERT INTO price_bars (user_id, symbol, starts_at, ends_at, open, high, low, close)
             SELECT $1, $2, starts_at, ends_at, open::numeric, high::numeric, low::numeric, close::numeric
             FROM UNNEST($3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
                  AS bar (starts_at, ends_at, open, high, low, close)",
        )
        .bind(user.0)
        .bind(symbol)
        .bind(some.iter().map(|bar| bar.starts_at).collect::<Vec<OffsetDateTime>>())
        .bind(some.iter().map(|bar| bar.ends_at).collect::<Vec<OffsetDateTime>>())
        .bind(texts(|bar| bar.open))
        .bind(texts(|bar| bar.high))
        .bind(texts(|bar| bar.low))
        .bind(texts(|bar| bar.close))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Forgets the bars of a symbol, and tells how many there were.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, symbol: &str) -> sqlx::Result<u64> {
    let deleted = sqlx::query("DELETE FROM price_bars WHERE user_id = $1 AND symbol = $2")
        .bind(user.0)
        .bind(symbol)
        .execute(db)
        .await?;
    Ok(deleted.rows_affected())
}

/// The symbols that have bars, or only one of them.
pub async fn series(
    db: impl PgExecutor<'_>,
    user: UserId,
    symbol: Option<&str>,
) -> sqlx::Result<Vec<BarSeries>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT known.symbol, known.bars, known.starts_at, known.ends_at, closed.trades, closed.measured,
                fills.covered, fills.outside
         FROM (
             SELECT symbol, count(*) AS bars, min(starts_at) AS starts_at, max(ends_at) AS ends_at
             FROM price_bars WHERE user_id = $1 AND ($2::text IS NULL OR symbol = $2) GROUP BY symbol
         ) AS known
         CROSS JOIN LATERAL (
             SELECT count(*) AS trades, count(measured.trade_id) AS measured
             FROM trades AS t
             LEFT JOIN bar_excursions AS measured ON measured.user_id = t.user_id AND measured.trade_id = t.id
             WHERE t.user_id = $1 AND t.symbol = known.symbol AND t.closed_at IS NOT NULL
         ) AS closed
         CROSS JOIN LATERAL (
             SELECT count(*) AS covered, count(*) FILTER (WHERE f.price NOT BETWEEN bar.low AND bar.high) AS outside
             FROM fills AS f
             JOIN LATERAL (
                 SELECT low, high, ends_at FROM price_bars AS b
                 WHERE b.user_id = $1 AND b.symbol = known.symbol AND b.starts_at <= f.executed_at
                 ORDER BY b.starts_at DESC LIMIT 1
             ) AS bar ON bar.ends_at > f.executed_at
             WHERE f.user_id = $1 AND f.symbol = known.symbol AND NOT f.voided
         ) AS fills
         ORDER BY known.symbol",
    )
    .bind(user.0)
    .bind(symbol)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(BarSeries::from).collect())
}

/// The prices of a symbol from `from` to `to`, oldest first, in at most `most` stretches of as many bars each.
pub async fn prices(
    db: impl PgExecutor<'_>,
    user: UserId,
    symbol: &str,
    from: Option<OffsetDateTime>,
    to: Option<OffsetDateTime>,
    most: u16,
) -> sqlx::Result<Vec<Stretch>> {
    let rows: Vec<StretchRow> = sqlx::query_as(
        "SELECT min(starts_at) AS starts_at, max(ends_at) AS ends_at, count(*) AS bars,
                (array_agg(open ORDER BY starts_at))[1]::text AS open, max(high)::text AS high, min(low)::text AS low,
                (array_agg(close ORDER BY starts_at DESC))[1]::text AS close
         FROM (
             SELECT starts_at, ends_at, open, high, low, close, ntile($5) OVER (ORDER BY starts_at) AS part
             FROM price_bars
             WHERE user_id = $1 AND symbol = $2 AND ($3::timestamptz IS NULL OR ends_at > $3)
               AND ($4::timestamptz IS NULL OR starts_at < $4)
         ) AS bar
         GROUP BY part ORDER BY part",
    )
    .bind(user.0)
    .bind(symbol)
    .bind(from)
    .bind(to)
    .bind(i32::from(most))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Stretch::from).collect())
}

#[derive(sqlx::FromRow)]
struct StretchRow {
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    bars: i64,
    open: Exact,
    high: Exact,
    low: Exact,
    close: Exact,
}

impl From<StretchRow> for Stretch {
    fn from(row: StretchRow) -> Self {
        let StretchRow { starts_at, ends_at, bars, open, high, low, close } = row;
        let prices = PriceBar { starts_at, ends_at, open: open.0, high: high.0, low: low.0, close: close.0 };
        Self { prices, bars }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    symbol: String,
    bars: i64,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    trades: i64,
    measured: i64,
    covered: i64,
    outside: i64,
}

impl From<Row> for BarSeries {
    fn from(row: Row) -> Self {
        Self {
            symbol: row.symbol,
            bars: row.bars,
            span: Some((row.starts_at, row.ends_at)),
            closed_trades: row.trades,
            measured_trades: row.measured,
            covered_fills: row.covered,
            fills_outside: row.outside,
        }
    }
}
