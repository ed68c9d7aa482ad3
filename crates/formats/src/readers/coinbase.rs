//! Coinbase: the report of all transactions, and fills of Advanced Trade (once Coinbase Pro).

mod fills;
mod transactions;

pub(crate) use fills::Fills;
pub(crate) use transactions::Transactions;
