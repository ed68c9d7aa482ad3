//! How two tax codes would see the same purchases and sales: information beside the trading profit and loss.
//!
//! Nothing here changes a round trip, a leg or a statistic, and nothing here is tax advice. Each view takes the
//! [`Transaction`]s of one security held long in one account, in order, and knows no spouse, no retirement account,
//! no option on the security and no short sale.

pub mod uk;
pub mod us;

mod error;
mod transaction;

pub use error::{TaxError, TaxFault};
pub use transaction::Transaction;
