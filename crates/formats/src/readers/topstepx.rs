//! `TopstepX` and other platforms on `ProjectX`: the exports of orders and of trades.

mod orders;
mod trades;

pub(crate) use orders::Orders;
pub(crate) use trades::Trades;
