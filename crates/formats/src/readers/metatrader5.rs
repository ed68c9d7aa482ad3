//! MetaTrader 5: the trade history report, and the list that some brokers offer on their web pages.

mod list;
mod report;

pub(crate) use list::PositionList;
pub(crate) use report::HistoryReport;
