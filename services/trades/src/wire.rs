//! Domain values as protobuf messages, for answers and for events.

mod account;
mod event;
mod fill;
mod import;
mod mapping;
mod regrouping;
mod time;
mod trade;

pub use account::account;
pub use event::{cash, trade_event};
pub use fill::{fill, fill_record};
pub use import::import;
pub use mapping::mapping;
pub use regrouping::regrouping;
pub use time::{instant, timestamp};
pub use trade::{leg, trade};
