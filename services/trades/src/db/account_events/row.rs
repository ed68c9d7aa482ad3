//! How an event stands in its table.

use crate::db::{exact::Exact, unreadable::unreadable};
use crate::domain::{
    event::{AccountEvent, EventKind},
    ids::{AccountId, EventId, ImportId},
};
use ledger::Decimal;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    account_id: Uuid,
    event_id: String,
    import_id: Option<Uuid>,
    line: i64,
    kind: String,
    what: String,
    symbol: Option<String>,
    currency: Option<String>,
    amount: Option<Exact>,
    quantity: Option<Exact>,
    quantity_before: Option<Exact>,
    price: Option<Exact>,
    note: String,
    occurred_at: OffsetDateTime,
    sequence: i64,
    time_text: String,
    time_source: String,
}

/// All columns of a [`Row`], to follow `SELECT`.
macro_rules! columns {
    () => {
        "id, account_id, event_id, import_id, line, kind, what, symbol, currency, amount::text, quantity::text, \
         quantity_before::text, price::text, note, occurred_at, sequence, time_text, time_source"
    };
}
pub(super) use columns;

impl TryFrom<Row> for AccountEvent {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            kind: row.kind()?,
            id: EventId(row.id),
            account_id: AccountId(row.account_id),
            event_id: row.event_id,
            import_id: row.import_id.map(ImportId),
            line: row.line,
            what: row.what,
            symbol: row.symbol,
            currency: row.currency,
            note: row.note,
            occurred_at: row.occurred_at,
            sequence: row.sequence,
            time_text: row.time_text,
            time_source: row.time_source,
        })
    }
}

impl Row {
    fn kind(&self) -> sqlx::Result<EventKind> {
        let missing = || unreadable("kind", &self.kind);
        let number = |exact: Option<Exact>| exact.map(|exact| exact.0).ok_or_else(missing);
        match self.kind.as_str() {
            "split" => {
                Ok(EventKind::Split { to: number(self.quantity)?, from: number(self.quantity_before)? })
            }
            "cash" => Ok(EventKind::Cash { amount: number(self.amount)? }),
            "expiry" => Ok(EventKind::Expiry { price: number(self.price)? }),
            "exercise" => {
                Ok(EventKind::Exercise { quantity: number(self.quantity)?, fee: number(self.amount)? })
            }
            _ => Err(missing()),
        }
    }
}

/// The numbers of an event by column: amount, quantity, quantity before, price.
pub(super) fn numbers(kind: &EventKind) -> [Option<Decimal>; 4] {
    match kind {
        EventKind::Split { to, from } => [None, Some(*to), Some(*from), None],
        EventKind::Cash { amount } => [Some(*amount), None, None, None],
        EventKind::Expiry { price } => [None, None, None, Some(*price)],
        EventKind::Exercise { quantity, fee } => [Some(*fee), Some(*quantity), None, None],
    }
}
