//! Charles Schwab: what schwab.com exports.

mod realized;
mod transactions;

pub(crate) use realized::RealizedGains;
pub(crate) use transactions::Transactions;
