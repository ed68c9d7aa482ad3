//! Fills.

use super::timestamp;
use crate::domain::{
    fill::{Fill, side_name},
    fill_record::FillRecord,
    instant,
};
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
        import_id: fill.import_id.map(|import| import.to_string()).unwrap_or_default(),
        line: u64::try_from(fill.line).unwrap_or_default(),
        asset_class: fill.asset_class,
        voided: fill.voided,
    }
}

/// One thing that was said about a fill.
pub fn fill_record(record: FillRecord) -> proto::FillRecord {
    let content = record.content;
    let executed_at =
        content.executed_at.map(|microseconds| ledger::Timestamp(microseconds.saturating_mul(1_000)));
    proto::FillRecord {
        kind: record.kind.name().to_owned(),
        record_id: record.record_id,
        import_id: record.import_id.map(|import| import.to_string()).unwrap_or_default(),
        line: u64::try_from(record.line).unwrap_or_default(),
        made_at: Some(timestamp(record.made_at)),
        reason: record.reason,
        symbol: content.symbol.unwrap_or_default(),
        side: content.side.unwrap_or_default(),
        quantity: content.quantity.unwrap_or_default(),
        price: content.price.unwrap_or_default(),
        commission: content.commission.unwrap_or_default(),
        fees: content.fees.unwrap_or_default(),
        currency: content.currency.unwrap_or_default(),
        multiplier: content.multiplier.unwrap_or_default(),
        executed_at: executed_at.map(|time| timestamp(instant::from_ledger(time))),
    }
}
