//! The table `exchange_rates`.

mod reading;
mod writing;

pub use reading::{RateFilter, count, is_known, list, of_pair};
pub use writing::{add, delete, lock, put};
