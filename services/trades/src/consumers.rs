//! Reactions to events.

pub mod forget_user;
pub mod keep_export_part;
pub mod run_import;
pub mod write_export;

pub use forget_user::ForgetUser;
pub use keep_export_part::KeepExportPart;
pub use run_import::RunImport;
pub use write_export::WriteExport;

use crate::domain::ids::ExportId;
use anyhow::Context as _;
use events::Failure;
use identity::UserId;

/// The export that an event is about, and whose it is.
fn export_of(user: &str, export: &str) -> Result<(UserId, ExportId), Failure> {
    let user = user.parse().context("user_id is not a UUID").map_err(Failure::Reject)?;
    let export = export.parse().context("export_id is not a UUID").map_err(Failure::Reject)?;
    Ok((user, export))
}
