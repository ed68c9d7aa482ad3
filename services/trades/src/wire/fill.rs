//! Fills.

use super::timestamp;
use crate::domain::fill::{Fill, side_name};
use journal_proto::trades::v1 as proto;

/// A fill as callers see it.
pub fn fill(fill: Fill) -> proto::Fill {
    proto::Fill {
        id: fill.id.to_string(),
        account_id: fill.account_id.to_string(),
        execution_id: fill.execution_id,
        symbol: fill.book.symbol,
        side: side_name(fill.side).to_owned(),
        quantity: fill.quantity.to_string(),
        price: fill.price.to_string(),
        commission: fill.commission.to_string(),
        fees: fill.fees.to_string(),
        currency: fill.book.currency,
        multiplier: fill.book.multiplier.to_string(),
        executed_at: Some(timestamp(fill.executed_at)),
        time_text: fill.time_text,
        time_source: fill.time_source,
        import_id: fill.import_id.to_string(),
        line: u64::try_from(fill.line).unwrap_or_default(),
        asset_class: fill.asset_class,
    }
}
