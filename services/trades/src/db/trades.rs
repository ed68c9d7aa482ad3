//! The table `trades`.

mod books;
mod outlook;
mod reading;
mod row;
mod writing;

pub use books::{
    Opened, Realised, Restart, Vanished, delete_vanished, holder_of, open, opened_by, realised_within,
    restart_point,
};
pub use reading::{by_ids, export, find, list};
pub use writing::{Written, renew, write};
