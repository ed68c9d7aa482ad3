//! Reactions to the trades service's events.

mod drop_account;
mod keep_account;
mod keep_cash;
mod keep_journal;
mod update_statistics;
mod updated;

pub(crate) use drop_account::DropAccount;
pub(crate) use keep_account::KeepAccount;
pub(crate) use keep_cash::KeepCash;
pub(crate) use keep_journal::KeepJournal;
pub(crate) use update_statistics::UpdateStatistics;

use events::Failure;

/// An event that no retry can make right.
fn malformed(what: &'static str) -> Failure {
    Failure::Reject(anyhow::anyhow!("the event's {what} is malformed"))
}
