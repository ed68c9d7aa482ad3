//! NinjaTrader 8: the grids of executions and of trades.

mod executions;
mod trades;

pub(crate) use executions::Executions;
pub(crate) use trades::Trades;
