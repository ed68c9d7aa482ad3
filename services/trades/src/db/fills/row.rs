//! How a fill stands in its table.

use crate::db::{exact::Exact, unreadable::unreadable};
use crate::domain::{
    fill::{self, Book, Fill},
    ids::{AccountId, FillId, ImportId},
};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    account_id: Uuid,
    execution_id: String,
    reference: Option<String>,
    voided: bool,
    import_id: Option<Uuid>,
    line: i64,
    symbol: String,
    asset_class: String,
    side: String,
    quantity: Exact,
    price: Exact,
    commission: Exact,
    fees: Exact,
    currency: String,
    multiplier: Exact,
    executed_at: OffsetDateTime,
    sequence: i64,
    time_text: String,
    time_source: String,
}

/// All columns of a [`Row`], to follow `SELECT`.
macro_rules! columns {
    () => {
        "id, account_id, execution_id, reference, voided, import_id, line, symbol, asset_class, side, quantity::text, price::text, \
         commission::text, fees::text, currency, multiplier::text, executed_at, sequence, time_text, time_source"
    };
}
pub(super) use columns;

impl TryFrom<Row> for Fill {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: FillId(row.id),
            account_id: AccountId(row.account_id),
            import_id: row.import_id.map(ImportId),
            line: row.line,
            book: Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 },
            asset_class: row.asset_class,
            execution_id: row.execution_id,
            reference: row.reference,
            voided: row.voided,
            executed_at: row.executed_at,
            sequence: row.sequence,
            side: fill::side_of(&row.side).ok_or_else(|| unreadable("side", &row.side))?,
            quantity: row.quantity.0,
            price: row.price.0,
            commission: row.commission.0,
            fees: row.fees.0,
            time_text: row.time_text,
            time_source: row.time_source,
        })
    }
}
