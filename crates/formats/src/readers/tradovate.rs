//! Tradovate: what its Reports and its account page export.

mod position_history;

pub(crate) use position_history::PositionHistory;
