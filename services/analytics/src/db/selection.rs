//! Which rows of the table `trades` a filter selects: the one place where a query is put together.

mod clock;
mod conditions;

pub(super) use clock::{CLOCK, DAY, day_of};

use crate::{
    domain::{Filter, Unit},
    error::Error,
};
use ledger::Decimal;
use sqlx::{PgConnection, Postgres, QueryBuilder, postgres::PgRow};
use uuid::Uuid;

/// Closed trades of one user in one currency, those of them that have an amount in the unit.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub user_id: Uuid,
    pub filter: &'a Filter,
    pub currency: &'a str,
    pub unit: Unit,
}

impl Selection<'_> {
    /// `SELECT columns FROM trades ... WHERE ...`; `columns` are our own text, what a user gave is bound.
    pub(super) fn query(&self, columns: &str) -> QueryBuilder<Postgres> {
        let mut query = conditions::closed(columns, self.user_id, self.filter);
        query.push(" AND t.currency = ").push_bind(self.currency.to_owned());
        match self.unit {
            Unit::Money => &mut query,
            Unit::R => query.push(" AND t.risk > 0"),
            Unit::Percent => query.push(" AND t.volume > 0"),
        };
        query
    }

    /// Reads rows in the order in which the trades closed, the same on every machine.
    pub(super) async fn in_order<T>(&self, db: &mut PgConnection, columns: &str) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin,
    {
        let mut query = self.query(columns);
        query.push(" ORDER BY t.closed_at, t.account_id, t.symbol, t.opened_at, t.id");
        query.build_query_as().fetch_all(db).await
    }

    /// The column that amounts are divided by.
    pub(super) const fn divisor(&self) -> &'static str {
        match self.unit {
            Unit::Money => "NULL::text",
            Unit::R => "t.risk::text",
            Unit::Percent => "t.volume::text",
        }
    }

    /// An amount in the unit. Money stays exact, quotients are rounded to [`QUOTIENT_SCALE`].
    pub(super) fn measured(&self, amount: Decimal, divisor: Option<Decimal>) -> Result<Decimal, Error> {
        let Some(divisor) = divisor else { return Ok(amount) };
        let amount = match self.unit {
            Unit::Money | Unit::R => Some(amount),
            Unit::Percent => Decimal::from_scaled(100, 0).and_then(|hundred| amount.checked_mul(hundred)),
        };
        amount
            .and_then(|amount| amount.checked_div_rounded(divisor, QUOTIENT_SCALE))
            .ok_or_else(|| Error::Malformed("a quotient that no exact number holds".to_owned()))
    }
}

/// Decimals of an amount in R or percent.
const QUOTIENT_SCALE: u32 = 12;

/// What the selected trades made together, in the currency.
pub(crate) async fn total(
    db: &mut PgConnection,
    selection: Selection<'_>,
    gross: bool,
) -> Result<Decimal, Error> {
    let amount = if gross { "t.gross_pnl" } else { "t.net_pnl" };
    let mut query = selection.query(&format!("coalesce(sum({amount}), 0)::text"));
    let sum: String = query.build_query_scalar().fetch_one(db).await?;
    super::exact(&sum)
}

/// How many closed trades the filter selects in the currency, and how many of them have an amount in the unit.
pub(crate) async fn coverage(db: &mut PgConnection, selection: Selection<'_>) -> sqlx::Result<(u64, u64)> {
    let measured = match selection.unit {
        Unit::Money => "true",
        Unit::R => "t.risk > 0",
        Unit::Percent => "t.volume > 0",
    };
    let columns = format!("count(*), count(*) FILTER (WHERE {measured})");
    let mut query = Selection { unit: Unit::Money, ..selection }.query(&columns);
    let (selected, measured): (i64, i64) = query.build_query_as().fetch_one(db).await?;
    Ok((selected.unsigned_abs(), measured.unsigned_abs()))
}

/// Currencies of the closed trades that the filter selects, the most frequent first.
pub(crate) async fn currencies(
    db: &mut PgConnection,
    user_id: Uuid,
    filter: &Filter,
) -> sqlx::Result<Vec<String>> {
    let mut query = conditions::closed("t.currency", user_id, filter);
    query.push(" GROUP BY t.currency ORDER BY count(*) DESC, t.currency");
    query.build_query_scalar().fetch_all(db).await
}

/// How many trades are open in `currency`; what the filter says of a trade's end does not matter.
pub(crate) async fn open_count(
    db: &mut PgConnection,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> sqlx::Result<i64> {
    let mut query = conditions::open("count(*)", user_id, &filter.of_open_trades());
    query.push(" AND t.currency = ").push_bind(currency.to_owned());
    query.build_query_scalar().fetch_one(db).await
}

/// How many trades of a selection another filter selects as well.
pub(crate) async fn shared(
    db: &mut PgConnection,
    selection: Selection<'_>,
    other: &Filter,
) -> sqlx::Result<u64> {
    let mut query = selection.query("count(*)");
    conditions::narrow(&mut query, other);
    let shared: i64 = query.build_query_scalar().fetch_one(db).await?;
    Ok(shared.unsigned_abs())
}
