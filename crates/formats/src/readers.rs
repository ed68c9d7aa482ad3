//! The registry: every format that can be read. A new one is a file of its own, and its lines here.

mod binance;
mod bybit;
mod coinbase;
mod coins;
mod ctrader;
mod generic;
mod history;
mod ibkr;
mod kraken;
mod metatrader4;
mod metatrader5;
mod ninjatrader;
mod rithmic;
mod robinhood;
mod schwab;
mod sierrachart;
mod thinkorswim;
mod topstepx;
mod tradingview;
mod tradovate;

use crate::reader::Reader;

pub use generic::template as generic_template;

/// All formats, in the order they are offered.
pub(crate) static READERS: &[&dyn Reader] = &[
    &binance::Convert,
    &binance::Futures,
    &binance::Spot,
    &binance::Statement,
    &bybit::AccountLog,
    &bybit::ClosedPnl,
    &bybit::Derivatives,
    &bybit::Spot,
    &coinbase::Fills,
    &coinbase::Transactions,
    &ctrader::CTrader,
    &ibkr::FlexXml,
    &kraken::Ledgers,
    &kraken::Trades,
    &metatrader4::MetaTrader4,
    &metatrader5::HistoryReport,
    &metatrader5::PositionList,
    &ninjatrader::Executions,
    &ninjatrader::Trades,
    &rithmic::CompletedOrders,
    &rithmic::Performance,
    &robinhood::Activity,
    &schwab::RealizedGains,
    &schwab::Transactions,
    &sierrachart::ActivityLog,
    &thinkorswim::AccountStatement,
    &topstepx::Orders,
    &topstepx::Trades,
    &tradingview::Orders,
    &tradingview::StrategyTester,
    &tradovate::PositionHistory,
    &generic::Generic,
];
