//! The table `trades`, summed by the day on which each trade closed.

use crate::{domain::Filter, error::Error};
use ledger::Decimal;
use sqlx::PgPool;
use time::Date;
use uuid::Uuid;

/// One day on the clocks of its trades' accounts.
pub(crate) struct Day {
    pub date: Date,
    pub gross: Decimal,
    pub net: Decimal,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
}

#[derive(sqlx::FromRow)]
struct Row {
    day: Date,
    gross: String,
    net: String,
    trades: i64,
    wins: i64,
    losses: i64,
}

impl TryFrom<Row> for Day {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            date: row.day,
            gross: super::exact(&row.gross)?,
            net: super::exact(&row.net)?,
            trades: row.trades.unsigned_abs(),
            wins: row.wins.unsigned_abs(),
            losses: row.losses.unsigned_abs(),
        })
    }
}

/// The days on which a trade of one currency closed, in order. NUMERIC sums are exact.
pub(crate) async fn of(
    pool: &PgPool,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> Result<Vec<Day>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT (t.closed_at AT TIME ZONE coalesce(a.time_zone, 'UTC'))::date AS day,
                sum(t.gross_pnl)::text AS gross, sum(t.net_pnl)::text AS net, count(*) AS trades,
                count(*) FILTER (WHERE t.net_pnl > 0) AS wins, count(*) FILTER (WHERE t.net_pnl < 0) AS losses
         FROM trades t LEFT JOIN accounts a ON a.user_id = t.user_id AND a.id = t.account_id
         WHERE t.user_id = $1 AND t.currency = $2 AND t.status = 'closed' AND NOT t.removed
           AND ($3::uuid IS NULL OR t.account_id = $3) AND ($4::text IS NULL OR t.symbol = $4)
           AND ($5::text IS NULL OR t.side = $5)
           AND ($6::timestamptz IS NULL OR t.closed_at >= $6) AND ($7::timestamptz IS NULL OR t.closed_at < $7)
         GROUP BY day ORDER BY day",
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
    rows.into_iter().map(Day::try_from).collect()
}
