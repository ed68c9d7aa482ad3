//! The table `fills`.

mod books;
mod reading;
mod row;
mod securities;
mod writing;

pub use books::{Start, first_between, of_book, of_trade, touched_by};
pub use reading::{FillFilter, Sought, find, known, list, multiplier_of, named, positions_at, traded};
pub use securities::{Security, has_days_for_times, securities};
pub use writing::{delete_of_import, hand_over, insert_new, settle};
