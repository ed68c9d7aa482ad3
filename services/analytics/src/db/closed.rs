//! The table `trades`: all that a summary needs of each closed trade.

use super::{
    exact,
    selection::{DAY, Selection},
};
use crate::error::Error;
use ledger::Decimal;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A closed trade, its amounts in the selection's unit.
pub(crate) struct ClosedRow {
    pub opened_at: OffsetDateTime,
    pub closed_at: OffsetDateTime,
    pub gross: Decimal,
    pub net: Decimal,
    pub commissions: Decimal,
    pub fees: Decimal,
    pub volume: Decimal,
    pub risk: Option<Decimal>,
    /// The day it closed on its account's clock.
    pub day: Date,
}

#[derive(sqlx::FromRow)]
struct Row {
    opened_at: OffsetDateTime,
    closed_at: OffsetDateTime,
    gross_pnl: String,
    net_pnl: String,
    commissions: String,
    fees: String,
    volume: String,
    risk: Option<String>,
    divisor: Option<String>,
    day: Date,
}

/// In the order in which they closed.
pub(crate) async fn read(db: &mut PgConnection, selection: Selection<'_>) -> Result<Vec<ClosedRow>, Error> {
    let divisor = selection.divisor();
    let columns = format!(
        "t.opened_at, t.closed_at, t.gross_pnl::text, t.net_pnl::text, t.commissions::text, t.fees::text,
         t.volume::text, t.risk::text, {divisor} AS divisor, {DAY} AS day"
    );
    let rows: Vec<Row> = selection.in_order(db, &columns).await?;
    rows.into_iter().map(|row| measured(selection, &row)).collect()
}

fn measured(selection: Selection<'_>, row: &Row) -> Result<ClosedRow, Error> {
    let divisor = row.divisor.as_deref().map(exact).transpose()?;
    let amount = |text: &str| selection.measured(exact(text)?, divisor);
    Ok(ClosedRow {
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        gross: amount(&row.gross_pnl)?,
        net: amount(&row.net_pnl)?,
        commissions: amount(&row.commissions)?,
        fees: amount(&row.fees)?,
        volume: exact(&row.volume)?,
        risk: row.risk.as_deref().map(amount).transpose()?,
        day: row.day,
    })
}
