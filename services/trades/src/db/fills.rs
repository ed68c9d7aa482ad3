//! The table `fills`.

mod books;
mod reading;
mod row;
mod writing;

pub use books::{Start, first_between, of_book, of_trade, touched_by};
pub use reading::{FillFilter, Sought, find, known, list, multiplier_of, named, positions_at, traded};
pub use writing::{delete_of_import, hand_over, insert_new, settle};
