//! Domain values as protobuf messages, for answers and for events.

mod account;
mod bars;
mod day;
mod event;
mod exchange;
mod export;
mod fill;
mod import;
mod mapping;
mod rate;
mod regrouping;
mod strategy;
mod tax;
mod template;
mod time;
mod trade;

pub use account::account;
pub use bars::bar_series;
pub use day::{day, day_beginning};
pub use event::{cash, cash_flow, trade_event};
pub use exchange::in_account_currency;
pub use export::export;
pub use fill::{fill, fill_record};
pub use import::{diagnostic, import, rows};
pub use mapping::mapping;
pub use rate::rate;
pub use regrouping::regrouping;
pub use strategy::{strategy, strategy_group, void_group};
pub use tax::{tax_left_out, tax_total, uk_disposal, uk_pool, us_disposal, us_lot};
pub use template::template;
pub use time::{instant, timestamp};
pub use trade::{leg, trade};
