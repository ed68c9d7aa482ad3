//! The table `account_events`: what happens beside the fills.

mod books;
mod flows;
mod reading;
mod row;
mod sightings;
mod writing;

pub use books::{books_of, count_in_one_book, held_symbols, of_book, of_trade, touched_by};
pub use flows::{export_flows, has_untold_flows, tell_flows};
pub use reading::{CashFilter, known, list_cash};
pub use sightings::{hand_over, see};
pub use writing::{delete_of_import, insert_new};
