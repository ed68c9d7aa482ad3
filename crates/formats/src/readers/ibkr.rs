//! Interactive Brokers: Flex Queries, Activity Statements and the Transaction History.

mod cash;
mod codes;
mod dates;
mod fields;
mod flex_trade;
mod flex_xml;
mod splits;

pub(crate) use flex_xml::FlexXml;
