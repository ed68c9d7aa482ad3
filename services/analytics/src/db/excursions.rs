//! The table `trades`: how far each closed trade went, where that is known.

use super::{exact, selection::Selection};
use crate::error::Error;
use ledger::{Decimal, Direction};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A closed trade with its MAE and MFE.
pub(crate) struct ExcursionRow {
    pub id: Uuid,
    pub symbol: String,
    pub closed_at: OffsetDateTime,
    pub gross: Decimal,
    pub net: Decimal,
    pub risk: Option<Decimal>,
    pub mae: Decimal,
    pub mfe: Decimal,
    /// What bars tell beside: prices.
    pub extremes: Option<PriceExtremes>,
    pub source: String,
}

/// The prices that a trade had and met.
pub(crate) struct PriceExtremes {
    pub direction: Direction,
    pub entry: Decimal,
    pub exit: Decimal,
    pub lowest: Decimal,
    pub highest: Decimal,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    symbol: String,
    closed_at: OffsetDateTime,
    gross_pnl: String,
    net_pnl: String,
    risk: Option<String>,
    mae: String,
    mfe: String,
    excursion_source: String,
    side: String,
    entry_price: Option<String>,
    exit_price: Option<String>,
    low_price: Option<String>,
    high_price: Option<String>,
}

impl Row {
    fn extremes(&self) -> Result<Option<PriceExtremes>, Error> {
        let (Some(entry), Some(exit)) = (&self.entry_price, &self.exit_price) else { return Ok(None) };
        let (Some(lowest), Some(highest)) = (&self.low_price, &self.high_price) else { return Ok(None) };
        Ok(Some(PriceExtremes {
            direction: if self.side == "short" { Direction::Short } else { Direction::Long },
            entry: exact(entry)?,
            exit: exact(exit)?,
            lowest: exact(lowest)?,
            highest: exact(highest)?,
        }))
    }
}

/// The last closed first.
pub(crate) async fn read(
    db: &mut PgConnection,
    selection: Selection<'_>,
) -> Result<Vec<ExcursionRow>, Error> {
    let mut query = selection.query(
        "t.id, t.symbol, t.closed_at, t.gross_pnl::text, t.net_pnl::text, t.risk::text, t.mae::text, t.mfe::text,
         t.excursion_source, t.side, t.entry_price::text, t.exit_price::text, t.low_price::text, t.high_price::text",
    );
    query.push(" AND t.mae IS NOT NULL AND t.mfe IS NOT NULL ORDER BY t.closed_at DESC, t.id");
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    let excursions = rows.into_iter().map(|row| {
        Ok(ExcursionRow {
            extremes: row.extremes()?,
            id: row.id,
            symbol: row.symbol,
            closed_at: row.closed_at,
            gross: exact(&row.gross_pnl)?,
            net: exact(&row.net_pnl)?,
            risk: row.risk.as_deref().map(exact).transpose()?,
            mae: exact(&row.mae)?,
            mfe: exact(&row.mfe)?,
            source: row.excursion_source,
        })
    });
    excursions.collect()
}
