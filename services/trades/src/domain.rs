//! The rules of this service, free of SQL, protobuf and the network.

pub mod account;
pub mod amounts;
pub mod event;
pub mod exchange;
pub mod excursion;
pub mod export;
pub mod fill;
pub mod fill_record;
pub mod ids;
pub mod import;
pub mod instant;
pub mod invalid;
pub mod journal;
pub mod mapping;
pub mod matching;
pub mod page;
pub mod plan;
pub mod price_bar;
pub mod rate;
pub mod reconciliation;
pub mod regrouping;
pub mod strategies;
pub mod tax;
pub mod text;
pub mod trade;
pub mod trade_filter;
