//! Accounts, trades and filters as this service sees them.

mod account;
mod cash_flow;
mod dimension;
pub(crate) mod equity;
mod filter;
mod journal;
mod measure;
mod trade;

pub(crate) use account::Account;
pub(crate) use cash_flow::CashFlow;
pub(crate) use dimension::{Dimension, Key};
pub(crate) use filter::{Band, Filter};
pub(crate) use journal::{Journal, Labels};
pub(crate) use measure::{Measure, Unit};
pub(crate) use trade::Trade;

use crate::error::Error;
use ::time::OffsetDateTime;
use ledger::Decimal;

/// In the order of ISO 8601.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A message says something that is not of its field's kind.
#[derive(Debug)]
pub(crate) struct Malformed;

fn decimal(text: &str) -> Result<Decimal, Malformed> {
    text.parse().map_err(|_| Malformed)
}

/// A protobuf time.
pub(crate) fn time(timestamp: journal_proto::Timestamp) -> Result<OffsetDateTime, Malformed> {
    let nanos = i128::from(timestamp.seconds) * 1_000_000_000 + i128::from(timestamp.nanos);
    OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(|_| Malformed)
}

/// A time as protobuf.
pub(crate) fn timestamp(time: OffsetDateTime) -> journal_proto::Timestamp {
    let nanos = i32::try_from(time.nanosecond()).unwrap_or_default();
    journal_proto::Timestamp { seconds: time.unix_timestamp(), nanos }
}

/// An exact sum.
pub(crate) fn sum(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    a.checked_add(b).ok_or_else(|| Error::Malformed("a sum that no exact number holds".to_owned()))
}
