//! The table `imports`.

mod outcome;
mod reading;
mod row;
mod upload;

pub use outcome::{complete, fail, mark_undone, report_progress, start};
pub use reading::{find, list, lock_status, stored_files};
pub use upload::{Upload, insert, object_keys, upload};
