//! Reactions to events.

pub mod run_import;

pub use run_import::RunImport;
