//! trades
