//! Keeps what another service hands in for an export; the last part lets the file be written.

use super::export_of;
use crate::db;
use events::{Consumer, Failure, departures, outbox};
use journal_proto::trades::v1::{ExportGathered, ExportPartWritten};
use sqlx::PgConnection;

/// Parts of auth and notifications.
pub struct KeepExportPart;

impl Consumer for KeepExportPart {
    const QUEUE: &'static str = "trades.keep-export-part";
    type Event = ExportPartWritten;

    async fn handle(&self, event: ExportPartWritten, tx: &mut PgConnection) -> Result<(), Failure> {
        let (user, id) = export_of(&event.user_id, &event.export_id)?;
        if !departures::act_for_present(&mut *tx, user.0).await? {
            return Ok(());
        }
        if db::exports::keep(&mut *tx, user, id, &event).await? {
            let gathered = ExportGathered { user_id: event.user_id, export_id: event.export_id };
            outbox::append(tx, &gathered).await?;
        }
        Ok(())
    }
}
