//! Reactions to events.

pub mod forget_user;
pub mod run_import;

pub use forget_user::ForgetUser;
pub use run_import::RunImport;
