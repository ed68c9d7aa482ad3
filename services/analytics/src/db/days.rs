//! The table `trades`: what a calendar needs of each closed trade.

use super::{
    exact,
    selection::{DAY, Selection},
};
use crate::error::Error;
use ledger::Decimal;
use sqlx::PgConnection;
use time::Date;

/// A closed trade, its amounts in the selection's unit.
pub(crate) struct DayRow {
    /// The day it closed on its account's clock.
    pub day: Date,
    pub net: Decimal,
    pub gross: Decimal,
}

/// In the order in which they closed.
pub(crate) async fn read(db: &mut PgConnection, selection: Selection<'_>) -> Result<Vec<DayRow>, Error> {
    let divisor = selection.divisor();
    let columns = format!("{DAY}, t.net_pnl::text, t.gross_pnl::text, {divisor}");
    let rows: Vec<(Date, String, String, Option<String>)> = selection.in_order(db, &columns).await?;
    let measured = rows.into_iter().map(|(day, net, gross, divisor)| {
        let divisor = divisor.as_deref().map(exact).transpose()?;
        let amount = |text: &str| selection.measured(exact(text)?, divisor);
        Ok(DayRow { day, net: amount(&net)?, gross: amount(&gross)? })
    });
    measured.collect()
}
