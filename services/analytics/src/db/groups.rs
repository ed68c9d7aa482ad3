//! The table `trades`: one amount of each closed trade, with what says to which groups it belongs.

use super::{
    exact,
    selection::{CLOCK, DAY, Selection},
};
use crate::{
    domain::{Dimension, Measure},
    error::Error,
};
use ledger::Decimal;
use sqlx::PgConnection;
use time::Date;

/// What a closed trade made.
pub(crate) struct Member {
    /// As [`Dimension::keys`] takes it.
    pub read: Vec<Option<String>>,
    /// The day it closed on its account's clock.
    pub day: Date,
    pub value: Decimal,
}

/// What the dimension looks at, the day, the amount, and what it is divided by.
type Row = (Vec<Option<String>>, Date, String, Option<String>);

/// An array of what a dimension looks at.
fn column(dimension: Dimension) -> String {
    let of_day = |part: &str| format!("ARRAY[extract({part} FROM {DAY})::int::text]");
    let column = match dimension {
        Dimension::Weekday => return of_day("isodow"),
        Dimension::Month => return of_day("month"),
        Dimension::Hour => return format!("ARRAY[extract(hour FROM {CLOCK})::int::text]"),
        Dimension::Symbol => "ARRAY[t.symbol]",
        Dimension::Side => "ARRAY[t.side]",
        Dimension::Tag => "t.tags",
        Dimension::Playbook => "ARRAY[t.playbook_id::text]",
        Dimension::Rating => "ARRAY[t.rating::text]",
        Dimension::Mistake => "t.mistakes",
        Dimension::Account => "ARRAY[t.account_id::text]",
        Dimension::HoldTime => "ARRAY[extract(epoch FROM t.closed_at - t.opened_at)::text]",
        Dimension::Size => "ARRAY[t.size::text]",
        Dimension::Price => "ARRAY[t.entry_price::text]",
        Dimension::AssetClass => "ARRAY[t.asset_class]",
        Dimension::Outcome => "ARRAY[sign(t.net_pnl)::int::text]",
        Dimension::RMultiple => "ARRAY[t.net_pnl::text, t.risk::text]",
        Dimension::Session => {
            "ARRAY[a.session_calendar, (extract(epoch FROM t.closed_at) * 1000000)::bigint::text]"
        }
    };
    column.to_owned()
}

/// In the order in which they closed.
pub(crate) async fn read(
    db: &mut PgConnection,
    selection: Selection<'_>,
    measure: Measure,
    dimension: Dimension,
) -> Result<Vec<Member>, Error> {
    let amount = if measure.gross { "t.gross_pnl::text" } else { "t.net_pnl::text" };
    let columns = format!("{}, {DAY}, {amount}, {}", column(dimension), selection.divisor());
    let rows: Vec<Row> = selection.in_order(db, &columns).await?;
    let members = rows.into_iter().map(|(read, day, amount, divisor)| {
        let divisor = divisor.as_deref().map(exact).transpose()?;
        Ok(Member { read, day, value: selection.measured(exact(&amount)?, divisor)? })
    });
    members.collect()
}
