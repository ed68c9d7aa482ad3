//! Binance: trades of the spot and futures markets, conversions, and the statement of all movements.

mod convert;
mod futures;
mod spot;
mod statement;

pub(crate) use convert::Convert;
pub(crate) use futures::Futures;
pub(crate) use spot::Spot;
pub(crate) use statement::Statement;
