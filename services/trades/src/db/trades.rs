//! The table `trades`.

mod opened;
mod outlook;
mod reading;
mod realised;
mod restart;
mod row;
mod vanished;
mod writing;

pub use opened::{Opened, opened_by};
pub use reading::{by_ids, closed_in, export, find, hold, list, lock};
pub use realised::{Realised, realised_within};
pub use restart::{Restart, open, restart_point};
pub(super) use row::closed_quantity;
pub use vanished::{Vanished, delete_vanished, holder_of};
pub use writing::{Written, renew, write};
