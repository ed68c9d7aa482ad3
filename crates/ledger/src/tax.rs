//! How two tax codes would see the same purchases and sales: information beside the trading profit and loss.
//!
//! Nothing here changes a round trip, a leg or a statistic, and nothing here is tax advice. Each view takes the
//! [`Transaction`]s of one security held long in one account, in order, and knows no spouse, no retirement account,
//! no option on the security and no short sale.
//!
//! ```
//! use ledger::tax::{Transaction, us};
//! use ledger::{Day, Decimal, Side};
//!
//! let on = |id: &str, day: i32, side, price: i64| Transaction {
//!     id: id.to_owned(),
//!     day: Day(day),
//!     side,
//!     quantity: Decimal::from(100),
//!     price: Decimal::from(price),
//!     fee: Decimal::ZERO,
//! };
//! let view = us::wash_sales(&[
//!     on("a", 19_724, Side::Buy, 10),
//!     on("b", 19_783, Side::Sell, 7),
//!     on("c", 19_802, Side::Buy, 8),
//! ])?;
//! assert_eq!(view.disposals[0].disallowed.to_string(), "300");
//! assert_eq!(view.lots[0].basis.to_string(), "1100");
//! # Ok::<(), ledger::tax::TaxError>(())
//! ```

pub mod uk;
pub mod us;

mod error;
mod transaction;

pub use error::{TaxError, TaxFault};
pub use transaction::Transaction;
