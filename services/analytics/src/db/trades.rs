//! The table `trades`: writing projections.

mod row;
mod writing;

pub(crate) use writing::{keep_journal, upsert};

super::tombstones::tombstones!("trades");
