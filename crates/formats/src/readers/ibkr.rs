//! Interactive Brokers: Flex Queries, Activity Statements and the Transaction History.

mod activity_statement;
mod cash;
mod codes;
mod dates;
mod fields;
mod flex_csv;
mod flex_trade;
mod flex_xml;
mod splits;
mod statement;
mod transaction_history;

pub(crate) use activity_statement::ActivityStatement;
pub(crate) use flex_csv::FlexCsv;
pub(crate) use flex_xml::FlexXml;
pub(crate) use transaction_history::TransactionHistory;
