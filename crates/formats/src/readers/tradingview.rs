//! `TradingView`: the account's orders, and the trades of the strategy tester.

mod orders;
mod strategy;

pub(crate) use orders::Orders;
pub(crate) use strategy::StrategyTester;
