//! The table `trades`: one amount of each closed trade.

use super::{
    exact,
    selection::{DAY, Selection},
};
use crate::{domain::Measure, error::Error};
use ledger::Decimal;
use sqlx::PgConnection;
use time::Date;

/// What a closed trade made.
pub(crate) struct Amount {
    /// The day it closed on its account's clock.
    pub day: Date,
    pub value: Decimal,
}

#[derive(sqlx::FromRow)]
struct Row {
    day: Date,
    amount: String,
    divisor: Option<String>,
}

/// In the order in which they closed.
pub(crate) async fn read(
    db: &mut PgConnection,
    selection: Selection<'_>,
    measure: Measure,
) -> Result<Vec<Amount>, Error> {
    let amount = if measure.gross { "t.gross_pnl::text" } else { "t.net_pnl::text" };
    let divisor = selection.divisor();
    let columns = format!("{DAY} AS day, {amount} AS amount, {divisor} AS divisor");
    let rows: Vec<Row> = selection.in_order(db, &columns).await?;
    let amounts = rows.into_iter().map(|row| {
        let divisor = row.divisor.as_deref().map(exact).transpose()?;
        let value = selection.measured(exact(&row.amount)?, divisor)?;
        Ok(Amount { day: row.day, value })
    });
    amounts.collect()
}
