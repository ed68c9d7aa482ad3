//! Reactions to events.

mod run_import;

pub use run_import::RunImport;
