//! Rithmic R|Trader Pro: completed orders, and performance.

mod orders;
mod performance;

pub(crate) use orders::CompletedOrders;
pub(crate) use performance::Performance;
