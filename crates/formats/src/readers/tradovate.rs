//! Tradovate: what its Reports and its account page export.

mod contract;
mod fills;
mod orders;
mod pairs;
mod performance;
mod position_history;

pub(crate) use orders::Orders;
pub(crate) use performance::Performance;
pub(crate) use position_history::PositionHistory;
