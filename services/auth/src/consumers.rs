//! Reactions to what other services tell.

mod export_account;

pub(crate) use export_account::ExportAccount;
