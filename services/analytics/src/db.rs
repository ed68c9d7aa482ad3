//! All SQL of this service.

pub(crate) mod accounts;
pub(crate) mod amounts;
pub(crate) mod cash_flows;
pub(crate) mod closed;
pub(crate) mod days;
pub(crate) mod excursions;
pub(crate) mod groups;
pub(crate) mod revisions;
pub(crate) mod selection;
mod tombstones;
pub(crate) mod trades;

use crate::error::Error;
use ledger::Decimal;

/// A NUMERIC that was read as text.
fn exact(text: &str) -> Result<Decimal, Error> {
    text.parse().map_err(|_| Error::Malformed(format!("decimal {text}")))
}
