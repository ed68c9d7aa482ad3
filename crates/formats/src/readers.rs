//! The registry: every format that can be read. A new one is a file of its own, and its lines here.

mod binance;
mod bybit;
mod coinbase;
mod coins;
mod ctrader;
mod das_trader;
mod fidelity;
mod firstrade;
mod generic;
mod history;
mod ibkr;
mod kraken;
mod lightspeed;
mod metatrader4;
mod metatrader5;
mod ninjatrader;
mod rithmic;
mod robinhood;
mod schwab;
mod sierrachart;
mod tastytrade;
mod thinkorswim;
mod topstepx;
mod tradervue;
mod tradestation;
mod tradezero;
mod trading212;
mod tradingview;
mod tradovate;
mod webull;
mod zerodha;

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
    &das_trader::Trades,
    &fidelity::History,
    &firstrade::History,
    &ibkr::ActivityStatement,
    &ibkr::FlexCsv,
    &ibkr::FlexXml,
    &ibkr::TransactionHistory,
    &kraken::Ledgers,
    &kraken::Trades,
    &lightspeed::Trades,
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
    &tastytrade::Transactions,
    &thinkorswim::AccountStatement,
    &topstepx::Orders,
    &topstepx::Trades,
    &tradestation::ManagerOrders,
    &tradezero::Trades,
    &trading212::History,
    &tradingview::Orders,
    &tradingview::StrategyTester,
    &tradovate::Orders,
    &tradovate::Performance,
    &tradovate::PositionHistory,
    &webull::International,
    &webull::OptionOrders,
    &webull::Orders,
    &zerodha::Tradebook,
    &tradervue::Generic,
    &generic::Generic,
];
