//! The table `trades`: writing projections.

mod row;
mod writing;

pub(crate) use writing::{keep_journal, lack_labels, upsert};

super::tombstones::tombstones!("trades");
